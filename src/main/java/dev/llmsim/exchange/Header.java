package dev.llmsim.exchange;

import java.util.Locale;

/** One header line: the name as it was spelled, the value with each char standing for one byte (ISO-8859-1). */
public record Header(String name, String value) {
    public Header {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("header name: \"\" (expected: at least one character)");
        }
    }

    /** Whether this header has {@code name}, ignoring case. */
    public boolean is(String name) {
        return this.name.equalsIgnoreCase(name);
    }

    public String lowerCaseName() {
        return name.toLowerCase(Locale.ROOT);
    }
}
