package dev.llmsim.match;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes a JSON value in another way: keys in another order, spaces, escapes, numbers in another notation. */
final class Respelling {
    private final Random random;

    private Respelling(Random random) {
        this.random = random;
    }

    static String of(JsonNode value, Random random) {
        StringBuilder out = new StringBuilder();
        new Respelling(random).write(value, out);
        return out.toString();
    }

    private void write(JsonNode value, StringBuilder out) {
        space(out);
        if (value.isObject()) {
            writeObject(value, out);
        } else if (value.isArray()) {
            String before = "[";
            for (JsonNode item : value) {
                out.append(before);
                write(item, out);
                before = ",";
            }
            out.append(value.isEmpty() ? "[ ]" : "]");
        } else if (value.isTextual()) {
            writeText(value.textValue(), out);
        } else if (value.isNumber()) {
            writeNumber(value.decimalValue(), out);
        } else {
            out.append(value);
        }
        space(out);
    }

    private void writeObject(JsonNode value, StringBuilder out) {
        List<String> names = new ArrayList<>();
        value.fieldNames().forEachRemaining(names::add);
        Collections.shuffle(names, random);
        String before = "{";
        for (String name : names) {
            out.append(before);
            space(out);
            writeText(name, out);
            space(out);
            out.append(':');
            write(value.get(name), out);
            before = ",";
        }
        out.append(names.isEmpty() ? "{}" : "}");
    }

    private void writeText(String text, StringBuilder out) {
        boolean escaped = text.length() < 200 && random.nextInt(4) == 0;
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped || c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04X", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void writeNumber(BigDecimal number, StringBuilder out) {
        switch (random.nextInt(number.signum() == 0 ? 3 : 4)) {
            case 0 -> out.append(number.toPlainString());
            case 1 ->
                out.append(number.setScale(Math.max(0, number.scale()) + 2).toPlainString());
            case 2 -> out.append(number.unscaledValue()).append('e').append(-number.scale());
            default -> out.append(number.unscaledValue()).append("0E").append(-number.scale() - 1);
        }
    }

    private void space(StringBuilder out) {
        out.append(" \n\t\r ", 0, random.nextInt(5));
    }
}
