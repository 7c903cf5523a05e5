package dev.llmsim.cassette.text;

import java.util.ArrayList;
import java.util.List;

/** The two notations of {@link Json}. */
final class JsonPrinting {
    private static final int WIDTH_CHARS = 100;
    private static final int STEP_CHARS = 2;

    private JsonPrinting() {}

    static void compact(Json node, StringBuilder out) {
        write(node, new Notation(",", ":", false, Integer.MAX_VALUE), out);
    }

    static void pretty(Json node, int indent, StringBuilder out) {
        int start = out.length();
        if (write(node, new Notation(", ", ": ", true, start + WIDTH_CHARS - indent), out)) {
            return;
        }
        out.setLength(start);
        List<Item> items = items(node);
        if (items.isEmpty()) {
            write(node, new Notation(", ", ": ", true, Integer.MAX_VALUE), out);
            return;
        }
        String margin = " ".repeat(indent + STEP_CHARS);
        boolean object = node instanceof Json.Struct;
        out.append(object ? '{' : '[');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "\n" : ",\n").append(margin);
            if (object) {
                quote(items.get(i).name(), true, out);
                out.append(": ");
            }
            pretty(items.get(i).value(), indent + STEP_CHARS, out);
        }
        out.append('\n').append(" ".repeat(indent)).append(object ? '}' : ']');
    }

    /** How a value is put on one line; writing stops when {@code out} would grow beyond {@code limitChars}. */
    private record Notation(String comma, String colon, boolean yamlSafe, int limitChars) {}

    /** One item of a container; the name is empty in arrays. */
    private record Item(String name, Json value) {}

    private static List<Item> items(Json node) {
        List<Item> items = new ArrayList<>();
        if (node instanceof Json.Struct object) {
            object.members().forEach(member -> items.add(new Item(member.name(), member.value())));
        } else if (node instanceof Json.Array array) {
            array.items().forEach(value -> items.add(new Item("", value)));
        }
        return items;
    }

    /** False where the limit was passed; then {@code out} holds a part. */
    private static boolean write(Json node, Notation notation, StringBuilder out) {
        if (node instanceof Json.Text text) {
            if (text.value().length() > notation.limitChars() - out.length()) {
                return false;
            }
            quote(text.value(), notation.yamlSafe(), out);
        } else if (node instanceof Json.Literal literal) {
            out.append(literal.raw());
        } else {
            return writeContainer(node, notation, out);
        }
        return out.length() <= notation.limitChars();
    }

    private static boolean writeContainer(Json node, Notation notation, StringBuilder out) {
        boolean object = node instanceof Json.Struct;
        String comma = "";
        out.append(object ? '{' : '[');
        for (Item item : items(node)) {
            out.append(comma);
            if (object) {
                quote(item.name(), notation.yamlSafe(), out);
                out.append(notation.colon());
            }
            if (!write(item.value(), notation, out)) {
                return false;
            }
            comma = notation.comma();
        }
        out.append(object ? '}' : ']');
        return out.length() <= notation.limitChars();
    }

    private static void quote(String text, boolean yamlSafe, StringBuilder out) {
        out.append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                    if (c < 0x20 || surrogate || (yamlSafe && !YamlText.isPrintable(c))) {
                        out.append("\\u%04x".formatted(c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        out.append('"');
    }
}
