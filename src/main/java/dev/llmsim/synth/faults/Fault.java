package dev.llmsim.synth.faults;

import dev.llmsim.exchange.LlmSimException;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Something done on purpose to an answer on its way.
 *
 * @param unit in what {@code number} counts: {@code frame}, {@code byte} or {@code event}; empty where it has no place
 * @param number how many frames or bytes come before it; of an event, which one, from 1 on
 * @param amount the microseconds of a stall, the bytes a second of a drip; else 0
 * @param chance how likely it is to take place, from 0 to 1
 * @param text its spelling
 */
public record Fault(FaultKind kind, String unit, long number, long amount, double chance, String text) {
    public Fault {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(unit);
        Objects.requireNonNull(text);
    }

    /**
     * Reads one, such as {@code cut@frame=3} or {@code stall@byte=120;for=5s;p=0.1}.
     *
     * @throws LlmSimException with {@code USAGE}, where it is something else; says what is wrong
     */
    public static Fault parse(String text) {
        return FaultText.one(text);
    }

    /**
     * Reads those that {@code text} lists, with commas in between; {@code none}, and an empty text, list nothing.
     *
     * @throws LlmSimException with {@code USAGE}, where one of them is wrong; says what
     */
    public static List<Fault> parseAll(String text) {
        return FaultText.all(text);
    }

    /** Those of {@code listed} that take place this time. */
    public static List<Fault> drawn(List<Fault> listed, RandomGenerator random) {
        return listed.stream()
                .filter(fault -> random.nextDouble() < fault.chance)
                .toList();
    }

    /** Its spelling. */
    @Override
    public String toString() {
        return text;
    }
}
