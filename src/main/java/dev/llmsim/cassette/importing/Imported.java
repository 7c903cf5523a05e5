package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.Cassette;
import java.util.ArrayList;
import java.util.List;

/**
 * What came in.
 *
 * @param notes the import report: all that a source did not carry or that was changed, in order
 */
public record Imported(List<Cassette> cassettes, List<ImportNote> notes) {
    public Imported {
        cassettes = List.copyOf(cassettes);
        notes = List.copyOf(notes);
    }

    /** How many notes there are of {@code kind}. */
    public long count(ImportNote.Kind kind) {
        return notes.stream().filter(note -> note.kind() == kind).count();
    }

    Imported and(Imported more) {
        List<Cassette> allCassettes = new ArrayList<>(cassettes);
        allCassettes.addAll(more.cassettes);
        List<ImportNote> allNotes = new ArrayList<>(notes);
        allNotes.addAll(more.notes);
        return new Imported(allCassettes, allNotes);
    }
}
