package dev.llmsim.recorder;

import dev.llmsim.exchange.Key;
import dev.llmsim.store.TapeChange;
import dev.llmsim.store.TapeEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the ids of recordings with equal keys back in the order in which their requests began.
 *
 * <p>IdsInUse are allotted when exchanges end, and cassette files are ordered by id: without this, concurrent equal requests would replay from
 * a file in another order than from the tape.
 */
final class IdOrder {
    private static final Comparator<String> SHORTER_FIRST =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private IdOrder() {}

    /** What has to be renamed among {@code entries} of one cassette, which are in the order of their rows. */
    static List<TapeChange> renames(List<TapeEntry> entries) {
        Map<Key, List<TapeEntry>> byKey = new LinkedHashMap<>();
        for (TapeEntry entry : entries) {
            byKey.computeIfAbsent(entry.keys().content().at(entry.upstream()), key -> new ArrayList<>())
                    .add(entry);
        }
        List<TapeChange> renames = new ArrayList<>();
        for (List<TapeEntry> equal : byKey.values()) {
            List<String> ids =
                    equal.stream().map(TapeEntry::id).sorted(SHORTER_FIRST).toList();
            for (int i = 0; i < ids.size(); i++) {
                if (!ids.get(i).equals(equal.get(i).id())) {
                    renames.add(new TapeChange.Rename(equal.get(i).row(), ids.get(i)));
                }
            }
        }
        return renames;
    }
}
