package dev.llmsim.cassette;

import dev.llmsim.exchange.Bytes;

/** Takes the binary bodies that a cassette file names instead of containing. */
@FunctionalInterface
interface BlobSink {
    /** Keeps {@code blob}; returns the SHA-256 by which it is named. */
    String keep(Bytes blob);
}
