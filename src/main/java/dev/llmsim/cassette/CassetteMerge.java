package dev.llmsim.cassette;

import dev.llmsim.exchange.Recording;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the recordings of an existing cassette file that recording anew did not change: a new one of the same id differs only
 * in volatile fields and times. They may keep their text, so that an unchanged provider gives an empty diff.
 *
 * <p>An answer is not kept where another, changed recording asks with an id from the new answer: the old answer would no
 * longer lead to that request.
 */
public final class CassetteMerge {
    private CassetteMerge() {}

    /** {@code fresh} with each recording replaced by that of {@code old} which it does not change. */
    public static Cassette merge(Cassette old, Cassette fresh) {
        Map<String, Recording> kept = unchanged(old, fresh);
        List<Recording> merged = fresh.recordings().stream()
                .map(recording -> kept.getOrDefault(recording.id(), recording))
                .toList();
        return new Cassette(fresh.name(), merged);
    }

    /** The recordings of {@code old} that {@code fresh} does not change, by id. */
    static Map<String, Recording> unchanged(Cassette old, Cassette fresh) {
        Map<String, Recording> oldById =
                old.recordings().stream().collect(Collectors.toMap(Recording::id, recording -> recording));
        Map<String, Recording> kept = new HashMap<>();
        Map<String, Set<String>> newIds = new HashMap<>();
        for (Recording recording : fresh.recordings()) {
            Recording before = oldById.get(recording.id());
            if (before == null) {
                continue;
            }
            StablePart was = StablePart.of(before);
            StablePart is = StablePart.of(recording);
            if (was.parts().equals(is.parts())) {
                Set<String> ids = new HashSet<>(is.volatileTexts());
                ids.removeAll(was.volatileTexts());
                kept.put(recording.id(), before);
                newIds.put(recording.id(), ids);
            }
        }
        dropReferred(fresh, kept, newIds);
        return kept;
    }

    private static void dropReferred(Cassette fresh, Map<String, Recording> kept, Map<String, Set<String>> newIds) {
        boolean dropped = true;
        while (dropped) {
            List<String> changedRequests = fresh.recordings().stream()
                    .filter(recording -> !kept.containsKey(recording.id()))
                    .map(recording -> recording.request().target()
                            + "\n"
                            + recording.request().body().utf8())
                    .toList();
            dropped = kept.keySet().removeIf(id -> isReferred(newIds.getOrDefault(id, Set.of()), changedRequests));
        }
    }

    private static boolean isReferred(Set<String> ids, List<String> requests) {
        return ids.stream().anyMatch(id -> requests.stream().anyMatch(request -> request.contains(id)));
    }
}
