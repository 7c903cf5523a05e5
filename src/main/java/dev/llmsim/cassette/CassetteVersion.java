package dev.llmsim.cassette;

import dev.llmsim.cassette.text.YamlNode;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions of the cassette file format, and the way from each to the next. */
final class CassetteVersion {
    /** What is written. */
    static final String CURRENT = "cassette/1";

    /** What the first line of a file must be, for errors. */
    static final String EXPECTED = "llmsim: " + CURRENT;

    private static final Pattern VERSION = Pattern.compile("cassette/([1-9][0-9]{0,8})");

    /** Converts one interaction of a version into that of the next; the first converts version 1. */
    private static final List<UnaryOperator<YamlNode>> STEPS = List.of();

    private CassetteVersion() {}

    /** Makes an interaction of an old version one of the current version. */
    @FunctionalInterface
    interface Upgrade {
        YamlNode apply(YamlNode interaction);
    }

    /** The way from the version that {@code node} states; refuses newer ones. */
    static Upgrade upgradeFrom(YamlNode node) {
        return upgradeFrom(node, STEPS);
    }

    /** The same for a format whose current version is one more than there are {@code steps}. */
    static Upgrade upgradeFrom(YamlNode node, List<UnaryOperator<YamlNode>> steps) {
        String text = node.text("llmsim");
        Matcher matcher = VERSION.matcher(text);
        int current = steps.size() + 1;
        if (!matcher.matches()) {
            throw node.place().invalid("format", text, "cassette/" + current, "give a cassette file");
        }
        int version = Integer.parseInt(matcher.group(1));
        if (version > current) {
            throw node.place()
                    .invalid(
                            "format",
                            text,
                            "cassette/" + current + " or older",
                            "use the llmsim that wrote it, or a newer one");
        }
        return interaction -> {
            YamlNode converted = interaction;
            for (UnaryOperator<YamlNode> step : steps.subList(version - 1, steps.size())) {
                converted = step.apply(converted);
            }
            return converted;
        };
    }
}
