package dev.llmsim.cassette;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ids of one cassette: hands out {@code base}, {@code base-2}, {@code base-3} ... for repeats. Not thread-safe. */
public final class RecordingIds {
    private static final Pattern NUMBERED = Pattern.compile("(.+)-([1-9][0-9]{0,8})");

    /** The order of cassette files: by base, then by repeat number as a number, so repeats keep their order of arrival. */
    public static final Comparator<String> ORDER = Comparator.comparing(RecordingIds::base)
            .thenComparingInt(RecordingIds::number)
            .thenComparing(Comparator.naturalOrder());

    private final Set<String> taken;

    public RecordingIds(Collection<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** The first free id of {@code base}; it is taken from now on. */
    public String next(String base) {
        String id = base;
        for (int repeat = 2; !taken.add(id); repeat++) {
            id = base + "-" + repeat;
        }
        return id;
    }

    private static String base(String id) {
        Matcher numbered = NUMBERED.matcher(id);
        return numbered.matches() ? numbered.group(1) : id;
    }

    private static int number(String id) {
        Matcher numbered = NUMBERED.matcher(id);
        return numbered.matches() ? Integer.parseInt(numbered.group(2)) : 1;
    }
}
