package dev.llmsim.cassette;

import dev.llmsim.cassette.text.YamlNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the constants of an enum stand in a cassette file: {@code upstream-reset} for {@code UPSTREAM_RESET}. */
final class EnumForm {
    private EnumForm() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E read(Class<E> type, String what, YamlNode node) {
        String text = node.text(what);
        E[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> of(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> {
                    String all = Arrays.stream(constants).map(EnumForm::of).collect(Collectors.joining(", "));
                    return node.place().invalid(what, text, "one of " + all, "correct it");
                });
    }
}
