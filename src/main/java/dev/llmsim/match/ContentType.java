package dev.llmsim.match;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@code content-type} value taken apart.
 *
 * @param type in lower case; empty where there is none
 * @param parameters by lower-case name, without quotes
 */
record ContentType(String type, Map<String, String> parameters) {
    static final ContentType NONE = new ContentType("", Map.of());

    /** Reads {@code TYPE/SUBTYPE; NAME=VALUE; NAME="VALUE"}. */
    static ContentType parse(String value) {
        int semicolon = value.indexOf(';');
        String type = semicolon < 0 ? value : value.substring(0, semicolon);
        Map<String, String> parameters = new TreeMap<>();
        int at = semicolon;
        while (at >= 0 && at < value.length()) {
            int end = endOfParameter(value, at + 1);
            put(parameters, value.substring(at + 1, end));
            at = end;
        }
        return new ContentType(type.strip().toLowerCase(Locale.ROOT), parameters);
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static int endOfParameter(String value, int from) {
        boolean quoted = false;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                return i;
            }
        }
        return value.length();
    }

    private static void put(Map<String, String> parameters, String text) {
        int equals = text.indexOf('=');
        if (equals >= 0) {
            String name = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            parameters.putIfAbsent(name, unquoted(text.substring(equals + 1).strip()));
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replace("\\\"", "\"") : value;
    }
}
