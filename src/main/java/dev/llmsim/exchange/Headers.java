package dev.llmsim.exchange;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Header lines in their order, duplicates included. Immutable; names are compared without case. */
public final class Headers implements Iterable<Header> {
    public static final Headers EMPTY = new Headers(List.of(), true);

    /** The headers of a request whose source had dropped some of them: which ones it carried cannot be told. */
    public static final Headers UNKNOWN = new Headers(List.of(), false);

    private final List<Header> lines;
    private final boolean known;

    private Headers(List<Header> lines, boolean known) {
        this.lines = lines;
        this.known = known;
    }

    public static Headers of(List<Header> lines) {
        return lines.isEmpty() ? EMPTY : new Headers(List.copyOf(lines), true);
    }

    /** Headers from alternating names and values. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "names and values: " + namesAndValues.length + " strings (expected: an even number)");
        }
        List<Header> lines = new ArrayList<>(namesAndValues.length / 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            lines.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return of(lines);
    }

    /** False only for {@link #UNKNOWN}. */
    public boolean isKnown() {
        return known;
    }

    public List<Header> lines() {
        return lines;
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    public boolean contains(String name) {
        return first(name).isPresent();
    }

    public Optional<String> first(String name) {
        for (Header line : lines) {
            if (line.is(name)) {
                return Optional.of(line.value());
            }
        }
        return Optional.empty();
    }

    public List<String> all(String name) {
        return lines.stream().filter(line -> line.is(name)).map(Header::value).toList();
    }

    /** The lines that {@code keep} accepts, in their order. */
    public Headers filter(Predicate<Header> keep) {
        return known ? of(lines.stream().filter(keep).toList()) : this;
    }

    /** These lines without those named {@code name}. */
    public Headers without(String name) {
        return filter(line -> !line.is(name));
    }

    /** These lines followed by one more. */
    public Headers with(String name, String value) {
        List<Header> more = new ArrayList<>(lines);
        more.add(new Header(name, value));
        return of(more);
    }

    /** These lines followed by those of {@code more}. */
    public Headers and(Headers more) {
        List<Header> all = new ArrayList<>(lines);
        all.addAll(more.lines);
        return of(all);
    }

    @Override
    public Iterator<Header> iterator() {
        return lines.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers that && known == that.known && lines.equals(that.lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }

    @Override
    public String toString() {
        return known ? lines.toString() : "unknown";
    }
}
