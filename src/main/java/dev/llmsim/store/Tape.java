package dev.llmsim.store;

import java.nio.file.Path;

/**
 * The store of all recordings: a database in a directory of its own, held by one process that writes or by several that read.
 *
 * <p>Reading is thread-safe. Writing is for one thread at a time. Its methods do file I/O: never call them on an event loop,
 * nor on a thread that may be interrupted while they run (an interrupt closes the file; the next call opens it again).
 * Failures are {@link dev.llmsim.exchange.LlmSimException}s with the code {@code TAPE_UNUSABLE}.
 */
public interface Tape extends TapeReader, TapeWriter, AutoCloseable {
    /** The directory that holds every file of this tape. */
    Path directory();

    boolean readOnly();

    /** Tells who asks for this tape, while it is held, at which URL its holder can be reached. */
    void announce(String url);

    /** Releases the database and the lock. */
    @Override
    void close();
}
