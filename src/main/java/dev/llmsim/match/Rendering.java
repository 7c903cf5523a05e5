package dev.llmsim.match;

import dev.llmsim.match.Node.Fields;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Mark;
import dev.llmsim.match.Node.Plain;
import dev.llmsim.match.Node.Quoted;
import dev.llmsim.match.Node.Text;
import java.util.Map;

/**
 * Writes nodes as JSON without spaces; a mark as {@code ~"label"} and JSON from inside a string as {@code ~(json)}, which
 * no JSON looks like. Halves of broken surrogate pairs are escaped, so that encoding as UTF-8 loses nothing.
 */
final class Rendering {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Rendering() {}

    static void write(Node node, StringBuilder out) {
        if (node instanceof Text text) {
            writeText(text.value(), out);
        } else if (node instanceof Plain plain) {
            out.append(plain.spelling());
        } else if (node instanceof Mark mark) {
            out.append('~');
            writeText(mark.label(), out);
        } else if (node instanceof Quoted quoted) {
            out.append("~(");
            write(quoted.json(), out);
            out.append(')');
        } else if (node instanceof Items items) {
            writeItems(items, out);
        } else if (node instanceof Fields fields) {
            writeFields(fields, out);
        }
    }

    private static void writeItems(Items items, StringBuilder out) {
        char before = '[';
        for (Node item : items.list()) {
            out.append(before);
            write(item, out);
            before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
    }

    private static void writeFields(Fields fields, StringBuilder out) {
        char before = '{';
        for (Map.Entry<String, Node> member : fields.members().entrySet()) {
            out.append(before);
            writeText(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || isBroken(text, i)) {
                escape(c, out);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isBroken(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static void escape(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[c >> shift & 0xf]);
        }
    }
}
