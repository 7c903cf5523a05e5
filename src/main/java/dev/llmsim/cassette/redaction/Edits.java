package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.ArrayList;
import java.util.List;

/** Replacements within one run of bytes, in order, none overlapping another. */
final class Edits {
    /** The bytes from {@code from} to {@code to} become {@code replacement}. */
    record Edit(int from, int to, Bytes replacement) {}

    private final List<Edit> edits = new ArrayList<>();

    /** Adds a replacement that is after all others. */
    void add(int from, int to, Bytes replacement) {
        edits.add(new Edit(from, to, replacement));
    }

    /** Adds the replacements of a part that begins at {@code offset} and is after all others. */
    void addAll(int offset, Edits part) {
        part.edits.forEach(edit -> add(offset + edit.from(), offset + edit.to(), edit.replacement()));
    }

    boolean isEmpty() {
        return edits.isEmpty();
    }

    Bytes apply(Bytes original) {
        return isEmpty() ? original : apply(original, 0, 0, original.length());
    }

    /** The frames with the replacements made in their joined bytes; one that spans frames goes where it begins. */
    List<Frame> apply(List<Frame> frames, Bytes joined) {
        if (isEmpty()) {
            return frames;
        }
        List<Frame> edited = new ArrayList<>(frames.size());
        int from = 0;
        int firstEdit = 0;
        for (Frame frame : frames) {
            int to = from + frame.bytes().length();
            firstEdit = firstNotBefore(firstEdit, from);
            Bytes bytes = apply(joined, firstEdit, from, to);
            if (!bytes.isEmpty()) {
                edited.add(new Frame(frame.offsetMicros(), bytes));
            }
            from = to;
        }
        return edited;
    }

    private int firstNotBefore(int start, int from) {
        int index = start;
        while (index < edits.size() && edits.get(index).to() <= from) {
            index++;
        }
        return index;
    }

    private Bytes apply(Bytes joined, int firstEdit, int from, int to) {
        List<Bytes> parts = new ArrayList<>();
        int at = from;
        for (int i = firstEdit; i < edits.size() && edits.get(i).from() < to; i++) {
            Edit edit = edits.get(i);
            if (edit.from() >= from) {
                parts.add(joined.slice(at, edit.from()));
                parts.add(edit.replacement());
            }
            at = Math.min(to, edit.to());
        }
        parts.add(joined.slice(at, to));
        return Bytes.concat(parts);
    }
}
