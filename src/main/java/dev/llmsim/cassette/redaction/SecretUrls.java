package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.SecretNames;
import java.util.function.Consumer;

/**
 * Finds secrets in the URLs of a folded text, in one pass: values of parameters whose names say secret, and what stands before
 * the {@code @} of an authority (RFC 3986, section 3.2). Only values that look random: a text that explains a URL has words there.
 */
final class SecretUrls {
    private static final Bytes HTTP = Bytes.utf8("http");
    private static final int MAX_NAME_CHARS = 64;
    private static final boolean[] ENDS = ends();
    private static final String PUNCTUATION = ".,;:!?";

    private final FoldedText text;
    private final Consumer<Span> found;
    private long steps;

    private SecretUrls(FoldedText text, Consumer<Span> found) {
        this.text = text;
        this.found = found;
    }

    /** Gives every secret in a URL to {@code found}; returns how many bytes were looked at beside the pass itself. */
    static long find(FoldedText text, Consumer<Span> found) {
        SecretUrls urls = new SecretUrls(text, found);
        boolean inside = false;
        int nameStart = -1;
        for (int at = 0; at < text.length(); at++) {
            int b = text.at(at);
            if (isEnd(b)) {
                inside = false;
                nameStart = -1;
            } else if (urls.isScheme(at)) {
                inside = true;
                urls.authority(at);
            } else if (inside && (b == '?' || b == '&' || b == '#')) {
                nameStart = at + 1;
            } else if (b == '=' && nameStart >= 0) {
                urls.parameter(nameStart, at);
                nameStart = -1;
            }
        }
        return urls.steps;
    }

    /** Whether {@code ://} stands at {@code colon}. */
    private boolean isScheme(int colon) {
        return text.at(colon) == ':'
                && text.peek(colon + 1) == '/'
                && text.peek(colon + 2) == '/'
                && Ascii.isAlphanumeric(text.peek(colon - 1));
    }

    private void authority(int colon) {
        int start = colon + 3;
        int at = -1;
        int password = -1;
        for (int i = start; i < text.length() && !isEnd(text.at(i)) && "/?#".indexOf(text.at(i)) < 0; i++) {
            steps++;
            if (text.at(i) == '@') {
                at = i;
            } else if (text.at(i) == ':' && password < 0) {
                password = i + 1;
            }
        }
        if (password >= 0 && password < at) {
            secret(password, at);
        } else if (at >= 0 && isHttp(colon)) {
            secret(start, at);
        }
    }

    private boolean isHttp(int colon) {
        int end = text.peek(colon - 1) == 's' ? colon - 1 : colon;
        return text.startsWith(HTTP, end - HTTP.length());
    }

    private void parameter(int nameStart, int equals) {
        if (equals - nameStart > MAX_NAME_CHARS) {
            return;
        }
        String name = text.slice(nameStart, equals).utf8();
        boolean named = SecretNames.isSecretParameter(name) || SecretNames.isDoubtfulParameter(name);
        if (!named || QueryPart.isHarmless(name)) {
            return;
        }
        String ends = QueryPart.isScoped(name) ? "?&#/" : "?&#";
        int end = equals + 1;
        while (end < text.length() && !isEnd(text.at(end)) && ends.indexOf(text.at(end)) < 0) {
            end++;
        }
        steps += end - equals;
        while (end > equals + 1 && PUNCTUATION.indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        secret(equals + 1, end);
    }

    private void secret(int from, int to) {
        Bytes value = text.slice(from, to);
        if (SecretFields.looksSecret(value)) {
            found.accept(Span.plain(from, to, Secret.field(value)));
        }
    }

    private static boolean isEnd(int b) {
        return b <= ' ' || ENDS[b];
    }

    private static boolean[] ends() {
        boolean[] ends = new boolean[128];
        "\"'<>\\^`{|}()[]\u007f".chars().forEach(c -> ends[c] = true);
        return ends;
    }
}
