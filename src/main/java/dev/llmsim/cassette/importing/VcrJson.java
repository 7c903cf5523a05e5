package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.text.Json;
import dev.llmsim.cassette.text.YamlNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Makes a {@code parsed_body} JSON again. Unquoted scalars mean what they mean to PyYAML, which wrote them (YAML 1.1: {@code
 * yes} is true, {@code 0x10} is 16); a number that JSON writes the same way is kept as written. The bytes of the body are
 * {@link Json#compact()} of the result, in UTF-8.
 */
final class VcrJson {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern TRUE = Pattern.compile("yes|Yes|YES|true|True|TRUE|on|On|ON");
    private static final Pattern FALSE = Pattern.compile("no|No|NO|false|False|FALSE|off|Off|OFF");
    private static final Pattern JSON_INT = Pattern.compile("-?(?:0|[1-9][0-9]*)");
    private static final Pattern JSON_FLOAT = Pattern.compile("-?(?:0|[1-9][0-9]*)\\.[0-9]+(?:[eE][-+][0-9]+)?");
    private static final Pattern YAML_INT =
            Pattern.compile("[-+]?(?:0b_*+[01][01_]*+|0x_*+[0-9a-fA-F][0-9a-fA-F_]*+|0[0-7_]*+|[1-9][0-9_]*+)");
    private static final Pattern YAML_FLOAT =
            Pattern.compile("[-+]?(?:[0-9][0-9_]*\\.[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][-+][0-9]{1,9})?");
    private static final Pattern NO_NUMBER = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    private static final int MAX_NUMBER_CHARS = 10_000;

    private final Consumer<String> lostNumbers;

    /** Tells {@code lostNumbers} each number that JSON cannot hold. */
    VcrJson(Consumer<String> lostNumbers) {
        this.lostNumbers = lostNumbers;
    }

    static boolean isNull(YamlNode.Scalar scalar) {
        return scalar.plain() && NULLS.contains(scalar.value());
    }

    static boolean isAbsent(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && isNull(scalar);
    }

    Json of(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar(scalar);
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return new Json.Array(sequence.nodes().stream().map(this::of).toList());
        }
        List<Json.Member> members = new ArrayList<>();
        node.entries("parsed_body").forEach((name, value) -> members.add(new Json.Member(name, of(value))));
        return new Json.Struct(members);
    }

    private Json scalar(YamlNode.Scalar scalar) {
        String text = scalar.value();
        if (!scalar.plain()) {
            return new Json.Text(VcrText.of(scalar));
        }
        if (isNull(scalar)) {
            return new Json.Literal("null");
        }
        if (TRUE.matcher(text).matches()) {
            return new Json.Literal("true");
        }
        return FALSE.matcher(text).matches() ? new Json.Literal("false") : number(scalar);
    }

    private Json number(YamlNode.Scalar scalar) {
        String text = scalar.value();
        if (JSON_INT.matcher(text).matches() || JSON_FLOAT.matcher(text).matches()) {
            return new Json.Literal(text);
        }
        if (YAML_INT.matcher(text).matches()) {
            return new Json.Literal(integer(digits(scalar)).toString());
        }
        if (YAML_FLOAT.matcher(text).matches()) {
            return new Json.Literal(new BigDecimal(digits(scalar)).toString());
        }
        if (NO_NUMBER.matcher(text).matches()) {
            lostNumbers.accept(text);
            return new Json.Literal("null");
        }
        return new Json.Text(text);
    }

    /** Converting takes time with the square of the length. */
    private static String digits(YamlNode.Scalar number) {
        if (number.value().length() > MAX_NUMBER_CHARS) {
            throw number.place()
                    .invalid(
                            "number",
                            number.value(),
                            "at most " + MAX_NUMBER_CHARS + " characters",
                            "put it in quotes");
        }
        return number.value().replace("_", "");
    }

    private static BigInteger integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        BigInteger value;
        if (digits.startsWith("0b")) {
            value = new BigInteger(digits.substring(2), 2);
        } else if (digits.startsWith("0x")) {
            value = new BigInteger(digits.substring(2), 16);
        } else {
            value = new BigInteger(digits, digits.startsWith("0") ? 8 : 10);
        }
        return negative ? value.negate() : value;
    }
}
