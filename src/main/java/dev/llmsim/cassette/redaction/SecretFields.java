package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.SecretNames;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the values of JSON fields whose names say that they are secret, and of the headers that a request gives to a tool
 * server ({@code "headers": {...}}). Reads text, not trees: it works in SSE data, in lines, in a body that was cut short,
 * and in JSON that stands escaped inside JSON.
 *
 * <p>A value in the outermost JSON is secret whatever it is; one that stands inside a string (tool arguments, code in a
 * prompt) only if it is no word. Of {@code Bearer xyz} only {@code xyz} is the secret.
 */
final class SecretFields {
    private static final int MAX_NAME_CHARS = 64;
    private static final int MAX_HEADERS_CHARS = 8192;
    private static final Set<String> SCHEMES = Set.of("bearer", "basic", "token", "key", "apikey");
    private static final Set<String> OPEN_HEADERS =
            Set.of("accept", "content-type", "user-agent", "content-length", "host", "type", "description", "title");
    /** Members that a JSON schema has and headers have not. */
    private static final Set<String> OF_SCHEMA = Set.of("properties", "additionalproperties");

    private final FoldedText text;
    private final Consumer<Span> found;
    /** How far headers were read: an object inside another's is not read again. */
    private int headersEnd;

    private SecretFields(FoldedText text, Consumer<Span> found) {
        this.text = text;
        this.found = found;
    }

    /** Gives the value of every secret field to {@code found}. */
    static void find(FoldedText text, Consumer<Span> found) {
        SecretFields fields = new SecretFields(text, found);
        for (int at = 0; at < text.length(); at++) {
            if (text.at(at) == ':') {
                fields.atColon(at);
            }
        }
    }

    private void atColon(int colon) {
        int nameEnd = skipBack(colon - 1);
        if (text.peek(nameEnd) != '"') {
            return;
        }
        int nameStart = nameStart(nameEnd);
        int value = skip(colon + 1);
        if (nameStart < 0 || value >= text.length()) {
            return;
        }
        String name = text.slice(nameStart, nameEnd).utf8();
        if (text.at(value) == '"' && SecretNames.isSecretField(name)) {
            value(value, isOutermost(value));
        } else if (text.at(value) == '{' && name.equals("headers") && isOutermost(nameEnd) && value >= headersEnd) {
            headers(value + 1);
        }
    }

    /** The values of an object of headers that begins before {@code start}; those that are no strings are passed over. */
    private void headers(int start) {
        int limit = Math.min(text.length(), start + MAX_HEADERS_CHARS);
        int at = skip(start);
        while (at < limit && text.at(at) == '"') {
            int end = header(at, limit);
            if (end < 0) {
                headersEnd = limit;
                return;
            }
            int comma = skip(end);
            at = text.peek(comma) == ',' ? skip(comma + 1) : limit;
        }
        headersEnd = Math.min(at, limit);
    }

    /** Where the member that begins at {@code quote} ends; -1 where it does not before {@code limit}, or is no header. */
    private int header(int quote, int limit) {
        int nameEnd = stringEnd(quote, limit);
        int colon = nameEnd < 0 ? limit : skip(nameEnd + 1);
        int value = skip(colon + 1);
        if (text.peek(colon) != ':' || value >= limit) {
            return -1;
        }
        String name = text.slice(quote + 1, nameEnd).utf8().toLowerCase(Locale.ROOT);
        if (OF_SCHEMA.contains(name)) {
            return -1;
        }
        if (text.at(value) != '"') {
            return valueEnd(value, limit);
        }
        if (!OPEN_HEADERS.contains(name) && !name.startsWith("$") && !SecretNames.isSecretField(name)) {
            value(value, false);
        }
        return stringEnd(value, limit) + 1;
    }

    /** Where the value ends that begins at {@code from} and is no string; -1 where it does not before {@code limit}. */
    private int valueEnd(int from, int limit) {
        int depth = 0;
        for (int i = from; i < limit; i++) {
            int b = text.at(i);
            if (b == '"') {
                i = stringEnd(i, limit);
                if (i < 0) {
                    return -1;
                }
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (depth == 0 && (b == ',' || b == '}')) {
                return i;
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        return -1;
    }

    private void value(int quote, boolean whateverItIs) {
        int end = stringEnd(quote);
        int start = afterScheme(quote + 1, end < 0 ? text.length() : end);
        if (end < 0 || start >= end) {
            return;
        }
        Bytes value = text.slice(start, end);
        if (whateverItIs || looksSecret(value)) {
            found.accept(Span.plain(start, end, Secret.field(value)));
        }
    }

    /** Whether {@code value} is long and random enough to be a secret wherever it stands. */
    static boolean looksSecret(Bytes value) {
        if (value.length() < Secret.MIN_SEARCH_BYTES || WordLike.test(value)) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!Ascii.isToken(value.at(i)) && "!@#$%^&*:".indexOf(value.at(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private int afterScheme(int start, int end) {
        for (int i = start; i < Math.min(end, start + 8); i++) {
            if (text.at(i) == ' ') {
                String scheme = text.slice(start, i).utf8().toLowerCase(Locale.ROOT);
                return SCHEMES.contains(scheme) ? i + 1 : start;
            }
        }
        return start;
    }

    /** Where the string ends whose opening quote is at {@code quote}; -1 where it does not. */
    private int stringEnd(int quote) {
        return stringEnd(quote, text.length());
    }

    private int stringEnd(int quote, int limit) {
        int opening = text.originalBytes(quote) - 1;
        for (int i = quote + 1; i < limit; i++) {
            if (text.at(i) == '"' && (text.originalBytes(i) - 1) % (2 * (opening + 1)) == opening) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the quote is one of the outermost JSON, not an escaped one. */
    private boolean isOutermost(int quote) {
        return text.originalBytes(quote) == 1;
    }

    private int nameStart(int nameEnd) {
        int limit = Math.max(0, nameEnd - MAX_NAME_CHARS);
        for (int i = nameEnd - 1; i >= limit; i--) {
            int b = text.at(i);
            if (b == '"') {
                return i + 1;
            }
            if (!Ascii.isKey(b) && b != '.' && b != ' ') {
                return -1;
            }
        }
        return -1;
    }

    private int skip(int from) {
        int at = from;
        while (at < text.length() && Ascii.isWhitespace(text.at(at))) {
            at++;
        }
        return at;
    }

    private int skipBack(int from) {
        int at = from;
        while (at >= 0 && Ascii.isWhitespace(text.at(at))) {
            at--;
        }
        return at;
    }
}
