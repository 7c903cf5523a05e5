package dev.llmsim.cassette.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes texts as YAML scalars, always the same way: unquoted where every reader takes it for the same text, else in single
 * quotes, else (control characters, line ends) in double quotes with escapes, or as a literal block.
 */
public final class YamlText {
    /** Possessive, for the library's other repetitions of groups take stack for each word. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z/][A-Za-z0-9_./+;=()*-]*+(?: [A-Za-z0-9_./+;=()*-]++)*+");

    private static final Pattern PLAIN_LINE =
            Pattern.compile("[A-Za-z][A-Za-z0-9_./:-]* [A-Z]+ /[A-Za-z0-9_./+;=()*?:%&~@,$!-]*");
    private static final Set<String> RESERVED =
            Set.of("true", "false", "yes", "no", "on", "off", "null", "none", "y", "n");

    private YamlText() {}

    /** {@code text} on one line; valid in flow context. */
    public static String inline(String text) {
        if (PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        return quoted(text);
    }

    /** A request line ({@code openai POST /v1/models?a=b}) as the value of a key in block context, where colons need no quotes. */
    public static String requestLine(String text) {
        return PLAIN_LINE.matcher(text).matches() && !text.endsWith(":") ? text : inline(text);
    }

    /** {@code text} in quotes. */
    public static String quoted(String text) {
        boolean printable = text.codePoints().allMatch(YamlText::isPrintable);
        return printable ? "'" + text.replace("'", "''") + "'" : escaped(text);
    }

    /** Whether {@link #literal} can hold {@code text}: several lines of printable characters, all ended alike. */
    public static boolean isLiteral(String text) {
        if (text.indexOf('\n') < 0 || " \t\n".indexOf(text.charAt(0)) >= 0) {
            return false;
        }
        return text.codePoints().allMatch(c -> c == '\n' || isPrintable(c))
                && text.lines().noneMatch(line -> !line.isEmpty() && line.isBlank());
    }

    /** {@code text} as a literal block whose lines are indented by {@code indent} spaces; ends with a line end. */
    public static String literal(String text, int indent) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        out.append(!text.endsWith("\n") ? "|-\n" : text.endsWith("\n\n") ? "|+\n" : "|\n");
        String margin = " ".repeat(indent);
        text.lines().forEach(line -> {
            if (!line.isEmpty()) {
                out.append(margin).append(line);
            }
            out.append('\n');
        });
        return out.toString();
    }

    /** Whether a YAML 1.1 reader takes {@code codePoint} as it is, on one line. */
    public static boolean isPrintable(int codePoint) {
        return codePoint == '\t'
                || (codePoint >= 0x20 && codePoint <= 0x7E)
                || (codePoint >= 0xA0 && codePoint <= 0xD7FF && codePoint != 0x2028 && codePoint != 0x2029)
                || (codePoint >= 0xE000 && codePoint <= 0xFFFD && codePoint != 0xFEFF)
                || codePoint >= 0x10000;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(c < 0x100 ? "\\x%02X".formatted(c) : "\\u%04X".formatted(c));
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
