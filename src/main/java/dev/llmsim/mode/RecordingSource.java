package dev.llmsim.mode;

import java.util.List;

/** A place that recordings come from: a cassette file, or a tape. */
@FunctionalInterface
public interface RecordingSource {
    /** What it holds, cassette by cassette in the order in which they answer, each in recorded order. Does I/O. */
    List<Entry> entries();
}
