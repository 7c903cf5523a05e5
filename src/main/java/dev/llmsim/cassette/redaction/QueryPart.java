package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.SecretNames;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One {@code name=value} of a query or a form.
 *
 * @param from where its raw text begins
 * @param valueFrom where its raw value begins (at {@code to} where there is none)
 * @param to where its raw text ends
 * @param name decoded
 * @param value decoded
 */
record QueryPart(int from, int valueFrom, int to, String name, Bytes value) {
    static List<QueryPart> of(String raw) {
        return of(raw, StandardCharsets.UTF_8, new NextOccurrence(raw, "="));
    }

    /** The fields of a form, whose positions are those of its bytes, whatever its charset is. */
    static List<QueryPart> ofForm(Bytes form) {
        String raw = new String(form.toArray(), StandardCharsets.ISO_8859_1);
        return of(raw, StandardCharsets.ISO_8859_1, new NextOccurrence(raw, "="));
    }

    /** {@code equals}: where the next equals sign of {@code raw} is. */
    static List<QueryPart> of(String raw, Charset charset, NextOccurrence equals) {
        List<QueryPart> parts = new ArrayList<>();
        int from = 0;
        while (from < raw.length()) {
            int mark = raw.indexOf('&', from);
            int to = mark < 0 ? raw.length() : mark;
            int nameEnd = Math.min(to, equals.from(from));
            int valueFrom = Math.min(to, nameEnd + 1);
            String name = decoded(raw.substring(from, nameEnd), charset);
            String value = decoded(raw.substring(valueFrom, to), charset);
            parts.add(new QueryPart(from, valueFrom, to, name, Bytes.wrap(value.getBytes(charset))));
            from = to + 1;
        }
        return parts;
    }

    /** Whether it is never kept in a request's target. */
    boolean isSecret() {
        return SecretNames.isSecretParameter(name)
                || (SecretNames.isDoubtfulParameter(name) && SecretFields.looksSecret(value));
    }

    /** The secret within the value: of {@code X-Amz-Credential=ID/DATE/...} only the id. */
    Bytes secret() {
        int slash = isScoped(name) ? value.utf8().indexOf('/') : -1;
        return slash < 0 ? value : value.slice(0, slash);
    }

    /** Whether a parameter of this name is the id of a key, and the scope of a signature after a slash. */
    static boolean isScoped(String name) {
        return name.equalsIgnoreCase("x-amz-credential");
    }

    /** Whether it is a parameter of a signed URL that tells no secret (its date, its algorithm ...). */
    boolean isHarmless() {
        return isHarmless(name);
    }

    static boolean isHarmless(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("x-amz-")
                && !lower.endsWith("signature")
                && !lower.endsWith("token")
                && !lower.endsWith("credential");
    }

    private static String decoded(String raw, Charset charset) {
        try {
            return URLDecoder.decode(raw, charset);
        } catch (IllegalArgumentException notEncoded) {
            return raw;
        }
    }
}
