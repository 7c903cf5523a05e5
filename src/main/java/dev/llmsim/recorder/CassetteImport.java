package dev.llmsim.recorder;

import dev.llmsim.exchange.Recording;
import dev.llmsim.store.Keys;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeChange;
import dev.llmsim.store.TapeEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Brings recordings that were made elsewhere, already redacted, into a cassette of a tape. */
public final class CassetteImport {
    private final Tape tape;
    private final String cassette;
    private final Function<Recording, Keys> keys;

    public CassetteImport(Tape tape, String cassette, Function<Recording, Keys> keys) {
        this.tape = tape;
        this.cassette = cassette;
        this.keys = keys;
    }

    /**
     * Appends {@code recordings} in their order, all in one commit or none. Each takes the place of what the cassette held
     * under its id, so importing the same file again changes nothing.
     *
     * @return how many took the place of another
     * @throws IllegalArgumentException if two of them have the same id
     */
    public int add(List<Recording> recordings) {
        requireDistinctIds(recordings);
        Map<String, Long> rowById = new LinkedHashMap<>();
        for (TapeEntry entry : tape.entries(cassette)) {
            rowById.put(entry.id(), entry.row());
        }
        List<TapeChange> changes = new ArrayList<>();
        int replaced = 0;
        for (Recording recording : recordings) {
            Long earlier = rowById.get(recording.id());
            if (earlier != null) {
                changes.add(new TapeChange.Delete(earlier));
                replaced++;
            }
            changes.add(new TapeChange.Seal(tape.nextRow(), cassette, recording, keys.apply(recording)));
        }
        tape.write(changes);
        return replaced;
    }

    private static void requireDistinctIds(List<Recording> recordings) {
        Set<String> ids = new HashSet<>();
        for (Recording recording : recordings) {
            if (!ids.add(recording.id())) {
                throw new IllegalArgumentException(
                        "id: " + recording.id() + " twice in one import (expected: ids that differ)");
            }
        }
    }
}
