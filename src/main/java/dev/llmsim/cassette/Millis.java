package dev.llmsim.cassette;

import dev.llmsim.cassette.text.YamlNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Whole microseconds as milliseconds with up to three decimals ({@code 430.2}), without loss. */
final class Millis {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,15}(?:\\.[0-9]{1,3})?");

    private Millis() {}

    static String of(long micros) {
        return BigDecimal.valueOf(micros, 3).stripTrailingZeros().toPlainString();
    }

    static long micros(String what, YamlNode node) {
        String text = node.text(what);
        if (!FORM.matcher(text).matches()) {
            throw node.place().invalid(what, text, "milliseconds with up to 3 decimals, not negative", "correct it");
        }
        return new BigDecimal(text).movePointRight(3).longValueExact();
    }
}
