package dev.llmsim.store;

import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import java.util.List;
import java.util.Map;

/** What can be asked of a tape. */
public interface TapeReader {
    /** The names of all cassettes, in the order in which they were made. */
    List<String> cassettes();

    /** All sealed recordings without their bodies, in the order in which their requests began. */
    List<TapeEntry> entries();

    /** The sealed recordings of one cassette, in the order in which their requests began; empty where there is no such one. */
    List<TapeEntry> entries(String cassette);

    /** The sealed recordings of one cassette that have a content key, in the order in which their requests began. */
    List<TapeEntry> entries(String cassette, Key content);

    /** The recording in a row of {@link #entries()}, verified against its checksum. */
    Recording load(long row);

    /** The recordings in those of {@code rows} that have one, by row, each verified: faster than one by one, for a few dozen of them. */
    Map<Long, Recording> load(List<Long> rows);

    /** All recordings of one cassette with their bodies, in the order in which their requests began. */
    List<Recording> recordings(String cassette);

    /** The exchanges that began and were never sealed, in the order in which they began. */
    List<UnfinishedExchange> unfinished();

    /** The sealed recordings that would not replay as they were sent. */
    List<TapeEntry> flawed();
}
