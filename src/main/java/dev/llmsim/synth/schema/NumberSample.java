package dev.llmsim.synth.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Numbers between bounds. */
final class NumberSample {
    private static final int MAX_DIGITS = 300;

    private final JsonNode schema;
    private final boolean isInteger;

    NumberSample(JsonNode schema, boolean isInteger) {
        this.schema = schema;
        this.isInteger = isInteger;
    }

    /** A small number where the bounds allow one. */
    JsonNode draw(SplittableRandom random, int spread) throws NoSuchValueException {
        BigDecimal low = bound("minimum", "exclusiveMinimum");
        BigDecimal high = bound("maximum", "exclusiveMaximum");
        BigDecimal step = step();
        BigDecimal number = onGrid(wish(low, high, random, 9L * spread), step, low, high);
        if (number == null) {
            throw new NoSuchValueException("no number fits " + schema);
        }
        return node(number);
    }

    private BigDecimal step() {
        JsonNode multiple = schema.path("multipleOf");
        BigDecimal step = multiple.isNumber() ? small(multiple) : BigDecimal.ZERO;
        if (step.signum() <= 0) {
            return BigDecimal.ONE;
        }
        return isInteger ? lcmWithOne(step) : step;
    }

    /** The least whole number that is a multiple of {@code step}. */
    private static BigDecimal lcmWithOne(BigDecimal step) {
        BigInteger scale = BigInteger.TEN.pow(Math.max(0, step.scale()));
        BigInteger scaled = step.multiply(new BigDecimal(scale)).toBigInteger();
        return new BigDecimal(scaled.divide(scaled.gcd(scale)));
    }

    private static BigDecimal wish(
            @Nullable BigDecimal low, @Nullable BigDecimal high, SplittableRandom random, long choices) {
        if (low != null && high != null) {
            long between = high.subtract(low)
                    .max(BigDecimal.ZERO)
                    .min(BigDecimal.valueOf(choices))
                    .longValue();
            return low.add(BigDecimal.valueOf(random.nextLong(between + 1)));
        }
        BigDecimal wish = BigDecimal.valueOf(random.nextLong(1, 1 + choices));
        if (low != null) {
            return wish.compareTo(low) < 0 ? low.add(wish) : wish;
        }
        return high != null && wish.compareTo(high) > 0 ? high.subtract(wish) : wish;
    }

    /** The multiple of {@code step} nearest to {@code wish}; inside the bounds, exclusive ones too; null where there is none. */
    private @Nullable BigDecimal onGrid(
            BigDecimal wish, BigDecimal step, @Nullable BigDecimal low, @Nullable BigDecimal high) {
        BigDecimal steps = wish.divide(step, 0, RoundingMode.FLOOR);
        for (int more : new int[] {0, 1, -1, 2, -2}) {
            BigDecimal number = steps.add(BigDecimal.valueOf(more)).multiply(step);
            if (fits(number)) {
                return number;
            }
        }
        boolean isFree = !isInteger && !schema.path("multipleOf").isNumber() && low != null && high != null;
        BigDecimal middle =
                isFree && low != null && high != null ? low.add(high).divide(BigDecimal.valueOf(2)) : wish;
        return isFree && fits(middle) ? middle : null;
    }

    private boolean fits(BigDecimal number) {
        return compare(number, "minimum") >= 0
                && compare(number, "maximum") <= 0
                && (exclusive("exclusiveMinimum", "minimum") == null
                        || number.compareTo(exclusive("exclusiveMinimum", "minimum")) > 0)
                && (exclusive("exclusiveMaximum", "maximum") == null
                        || number.compareTo(exclusive("exclusiveMaximum", "maximum")) < 0);
    }

    private int compare(BigDecimal number, String keyword) {
        return schema.path(keyword).isNumber() ? number.compareTo(small(schema.path(keyword))) : 0;
    }

    private @Nullable BigDecimal bound(String inclusive, String exclusive) {
        BigDecimal strict = exclusive(exclusive, inclusive);
        if (!schema.path(inclusive).isNumber()) {
            return strict;
        }
        BigDecimal plain = small(schema.path(inclusive));
        if (strict == null) {
            return plain;
        }
        return inclusive.equals("minimum") ? plain.max(strict) : plain.min(strict);
    }

    /** A number, or, in draft 4, {@code true} beside the inclusive bound. */
    private @Nullable BigDecimal exclusive(String keyword, String inclusive) {
        JsonNode node = schema.path(keyword);
        if (node.isNumber()) {
            return small(node);
        }
        return node.asBoolean() && schema.path(inclusive).isNumber() ? small(schema.path(inclusive)) : null;
    }

    /** Absurd exponents would take a lifetime to write out. */
    private static BigDecimal small(JsonNode node) {
        BigDecimal number = Merge.number(node);
        return Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS
                        || Math.abs(number.scale()) > MAX_DIGITS
                ? BigDecimal.valueOf(number.signum())
                : number;
    }

    private JsonNode node(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0 && plain.precision() - plain.scale() < 18
                ? JsonNodeFactory.instance.numberNode(plain.longValueExact())
                : DecimalNode.valueOf(plain);
    }
}
