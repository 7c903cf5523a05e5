package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds what looks like a provider's key, a JWT, a private key or a literal placeholder, in one pass over a folded text:
 * only where a word begins, and there only the patterns that begin with that character, are compared. Never inside base64.
 */
final class KeyPatterns {
    private static final Bytes PEM_BEGIN = Bytes.utf8("-----BEGIN ");
    private static final Bytes PEM_TITLE_END = Bytes.utf8("PRIVATE KEY-----");
    private static final Bytes PEM_END = Bytes.utf8("-----END ");
    private static final Bytes PLACEHOLDER = Bytes.utf8(Placeholder.PREFIX);
    private static final Bytes JWT = Bytes.utf8("eyJ");
    private static final int PEM_TITLE_CHARS = 40;
    private static final int PEM_CHARS = 16_384;
    private static final int BASE64_LOOK_BACK = 48;

    private record Prefix(Bytes bytes, KeyPattern pattern) {}

    private static final List<List<Prefix>> BY_FIRST = byFirstCharacter();

    private KeyPatterns() {}

    /** Gives every finding to {@code found}; returns at how many places patterns had to be compared. */
    static int find(FoldedText text, Consumer<Span> found) {
        int compared = 0;
        int at = 0;
        while (at < text.length()) {
            int next = at + 1;
            if (mayBegin(text, at)) {
                compared++;
                Optional<Span> span = at(text, at);
                span.ifPresent(found);
                next = span.map(Span::to).orElse(next);
            }
            at = next;
        }
        return compared;
    }

    /** What kind of key the whole of {@code value} looks like. */
    static Optional<SecretKind> kindOf(Bytes value) {
        FoldedText text = FoldedText.of(value);
        return mayBegin(text, 0)
                ? at(text, 0)
                        .filter(span -> span.from() == 0 && span.to() == text.length())
                        .map(span -> span.secret().kind())
                : Optional.empty();
    }

    private static boolean mayBegin(FoldedText text, int at) {
        int first = text.at(at);
        if (first == '{') {
            return text.peek(at + 1) == '{';
        }
        boolean known = first == '-'
                || first == 'e'
                || (first > 0 && !BY_FIRST.get(first).isEmpty());
        return known && !Ascii.isKey(text.peek(at - 1));
    }

    private static Optional<Span> at(FoldedText text, int at) {
        int first = text.at(at);
        if (first == '{') {
            return placeholder(text, at);
        }
        if (first == '-') {
            return privateKey(text, at);
        }
        if (first == 'e' && text.startsWith(JWT, at)) {
            return jwt(text, at);
        }
        for (Prefix prefix : BY_FIRST.get(first)) {
            if (text.startsWith(prefix.bytes(), at)) {
                int start = at + prefix.bytes().length();
                int end = prefix.pattern().endOfKey(text, start);
                if (end >= 0 && !isInsideBase64(text, at)) {
                    return Optional.of(span(text, prefix.pattern(), at, start, end));
                }
            }
        }
        return Optional.empty();
    }

    private static Span span(FoldedText text, KeyPattern pattern, int at, int start, int end) {
        if (!pattern.keepsPrefix()) {
            return Span.plain(at, end, new Secret(pattern.kind(), text.slice(at, end)));
        }
        SecretKind kind = kindOf(text.slice(start, end)).orElse(pattern.kind());
        return Span.plain(start, end, new Secret(kind, text.slice(start, end)));
    }

    /** Whether the characters before {@code at} are so many of base64 that what looks like a key is chance. */
    private static boolean isInsideBase64(FoldedText text, int at) {
        int before = at - 1;
        int looked = 0;
        while (looked < BASE64_LOOK_BACK && before >= 0 && Ascii.isBase64(text.at(before)) && text.at(before) != '=') {
            before--;
            looked++;
        }
        return looked == BASE64_LOOK_BACK;
    }

    private static Optional<Span> placeholder(FoldedText text, int at) {
        if (!text.startsWith(PLACEHOLDER, at)) {
            return Optional.empty();
        }
        int limit = Math.min(text.length(), at + Placeholder.MAX_CHARS);
        for (int i = at + PLACEHOLDER.length(); i < limit; i++) {
            if (text.at(i) == '}' && text.peek(i + 1) == '}') {
                Bytes literal = text.slice(at, i + 2);
                return Placeholder.parse(literal.utf8())
                        .map(placeholder ->
                                Span.plain(at, at + literal.length(), new Secret(placeholder.kind(), literal)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Span> privateKey(FoldedText text, int at) {
        if (!text.startsWith(PEM_BEGIN, at)) {
            return Optional.empty();
        }
        int titleEnd = indexOf(text, PEM_TITLE_END, at, at + PEM_TITLE_CHARS);
        if (titleEnd < 0) {
            return Optional.empty();
        }
        int start = titleEnd + PEM_TITLE_END.length();
        int end = indexOf(text, PEM_END, start, start + PEM_CHARS);
        return end < 0
                ? Optional.empty()
                : Optional.of(Span.plain(start, end, new Secret(SecretKind.PRIVATE_KEY, text.slice(start, end))));
    }

    private static int indexOf(FoldedText text, Bytes needle, int from, int limit) {
        for (int i = from; i < Math.min(limit, text.length()); i++) {
            if (text.startsWith(needle, i)) {
                return i;
            }
        }
        return -1;
    }

    /** A JSON web token: three parts, the first of which is a JSON object that names its algorithm (RFC 7515). */
    private static Optional<Span> jwt(FoldedText text, int at) {
        int first = partEnd(text, at);
        int second = first < 0 ? -1 : partEnd(text, first + 1);
        if (second < 0) {
            return Optional.empty();
        }
        int end = second + 1;
        while (end < text.length() && Ascii.isKey(text.at(end))) {
            end++;
        }
        return namesAlgorithm(text.slice(at, first))
                ? Optional.of(Span.plain(at, end, new Secret(SecretKind.JWT, text.slice(at, end))))
                : Optional.empty();
    }

    private static int partEnd(FoldedText text, int from) {
        int end = from;
        while (end < text.length() && Ascii.isKey(text.at(end))) {
            end++;
        }
        return end > from && text.peek(end) == '.' ? end : -1;
    }

    private static boolean namesAlgorithm(Bytes header) {
        try {
            return new String(Base64.getUrlDecoder().decode(header.toArray()), StandardCharsets.UTF_8)
                    .contains("\"alg\"");
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static List<List<Prefix>> byFirstCharacter() {
        List<List<Prefix>> table = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
            table.add(new ArrayList<>());
        }
        for (KeyPattern pattern : KeyPattern.ALL) {
            table.get(pattern.prefix().charAt(0)).add(new Prefix(pattern.prefixBytes(), pattern));
        }
        return table;
    }
}
