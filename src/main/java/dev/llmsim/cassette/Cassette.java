package dev.llmsim.cassette;

import dev.llmsim.exchange.Recording;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A named, ordered set of recordings. Those that answer the same request are played in this order.
 *
 * @param name letters, digits, {@code .}, {@code _} and {@code -}, at most 128; begins with a letter, a digit or {@code _}
 * @param recordings no two with the same id
 */
public record Cassette(String name, List<Recording> recordings) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9._-]+");

    public Cassette {
        recordings = List.copyOf(recordings);
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "cassette name: " + name + " (expected: up to 128 letters, digits, '.', '_' and '-')");
        }
        Set<String> ids = new HashSet<>();
        for (Recording recording : recordings) {
            if (!ids.add(recording.id())) {
                throw new IllegalArgumentException(
                        "recording id: " + recording.id() + " twice in cassette " + name + " (expected: once)");
            }
        }
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** {@code text} made a name: what a name cannot hold becomes {@code _}. */
    public static String nameFrom(String text) {
        String name = NOT_IN_NAMES.matcher(text).replaceAll("_");
        String begun = name.isEmpty() || !isName(name.substring(0, 1)) ? "_" + name : name;
        return begun.length() <= 128 ? begun : begun.substring(0, 128);
    }

    /** The same recordings in the order of their ids, which is the order of cassette files. */
    public Cassette sortedById() {
        return new Cassette(
                name,
                recordings.stream()
                        .sorted((a, b) -> RecordingIds.ORDER.compare(a.id(), b.id()))
                        .toList());
    }
}
