package dev.llmsim.cli;

import java.util.Locale;

/** How constants are written for people: {@code upstream-reset}. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
