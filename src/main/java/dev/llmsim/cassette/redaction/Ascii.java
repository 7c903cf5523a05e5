package dev.llmsim.cassette.redaction;

/** Classes of ASCII characters. */
final class Ascii {
    /** A class of characters. */
    @FunctionalInterface
    interface Test {
        boolean accepts(int b);
    }

    private Ascii() {}

    static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    static boolean isLower(int b) {
        return b >= 'a' && b <= 'z';
    }

    static boolean isUpper(int b) {
        return b >= 'A' && b <= 'Z';
    }

    static boolean isLetter(int b) {
        return isLower(b) || isUpper(b);
    }

    static boolean isAlphanumeric(int b) {
        return isLetter(b) || isDigit(b);
    }

    static boolean isUpperOrDigit(int b) {
        return isUpper(b) || isDigit(b);
    }

    /** Letters, digits, {@code -} and {@code _}: what most keys are made of. */
    static boolean isKey(int b) {
        return isAlphanumeric(b) || b == '-' || b == '_';
    }

    /** What a bearer token may be made of (RFC 6750, section 2.1). */
    static boolean isToken(int b) {
        return isKey(b) || b == '.' || b == '~' || b == '+' || b == '/' || b == '=';
    }

    /** Both alphabets of base64, with padding. */
    static boolean isBase64(int b) {
        return isKey(b) || b == '+' || b == '/' || b == '=';
    }

    static boolean isWhitespace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    static boolean isHex(int b) {
        return isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }
}
