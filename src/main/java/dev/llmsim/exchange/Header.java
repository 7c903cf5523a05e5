package dev.llmsim.exchange;

import java.util.Locale;
import java.util.regex.Pattern;

/** One header line: the name as it was spelled, the value with each char standing for one byte (ISO-8859-1). */
public record Header(String name, String value) {
    /** RFC 9110, section 5.1. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** RFC 9110, section 5.5: no control characters but tabs, no white space in front. */
    private static final Pattern VALUE = Pattern.compile("(?:[\\x21-\\x7e\\x80-\\xff][\\t\\x20-\\x7e\\x80-\\xff]*)?");

    public Header {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("header name: \"\" (expected: at least one character)");
        }
    }

    /** Whether HTTP allows a header of that {@code name}. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether HTTP allows a header with that {@code value}. */
    public static boolean isValue(String value) {
        return VALUE.matcher(value).matches();
    }

    /** Whether this header has {@code name}, ignoring case. */
    public boolean is(String name) {
        return this.name.equalsIgnoreCase(name);
    }

    public String lowerCaseName() {
        return name.toLowerCase(Locale.ROOT);
    }
}
