package dev.llmsim.cassette;

import dev.llmsim.cassette.text.Place;
import dev.llmsim.exchange.Bytes;

/** Gives back what a {@link BlobSink} kept. */
@FunctionalInterface
interface BlobSource {
    /** The blob of that hash, verified; {@code place} names it in the cassette file. */
    Bytes read(String sha256, Place place);
}
