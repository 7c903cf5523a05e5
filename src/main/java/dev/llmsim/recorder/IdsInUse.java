package dev.llmsim.recorder;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The ids in use in one cassette. Not thread-safe. */
final class IdsInUse {
    private final Set<String> used;
    private final Map<String, Integer> nextByStem = new HashMap<>();

    IdsInUse(Collection<String> used) {
        this.used = new HashSet<>(used);
    }

    /** The first of {@code stem}, {@code stem-2}, {@code stem-3} ... that is free; it then is in use. */
    String allot(String stem) {
        int next = nextByStem.getOrDefault(stem, 1);
        String id = name(stem, next);
        while (!used.add(id)) {
            id = name(stem, ++next);
        }
        nextByStem.put(stem, next + 1);
        return id;
    }

    void take(String id) {
        used.add(id);
    }

    void free(String id) {
        used.remove(id);
        nextByStem.clear();
    }

    private static String name(String stem, int number) {
        return number == 1 ? stem : stem + "-" + number;
    }
}
