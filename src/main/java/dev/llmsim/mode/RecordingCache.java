package dev.llmsim.mode;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.llmsim.exchange.Recording;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;

/**
 * The recordings of a tape that were asked for of late, up to a number of bytes. Reads on an executor, never on the thread
 * that asks; one read for all who ask at the same time. Thread-safe.
 */
public final class RecordingCache {
    /** What a recording and one of its frames take beside their bytes, roughly. */
    private static final int RECORDING_BYTES = 1_024;

    private static final int FRAME_BYTES = 64;

    private final AsyncCache<Long, Recording> byRow;
    private final LongFunction<Recording> read;
    private final Executor executor;

    /**
     * @param read gets the recording of a row; may block and fail
     * @param executor where it is called
     */
    public RecordingCache(long maxBytes, LongFunction<Recording> read, Executor executor) {
        this.read = read;
        this.executor = executor;
        // The cache keeps its own house on the thread that uses it: the executor may end while a read does.
        this.byRow = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Long row, Recording recording) -> weight(recording))
                .executor(Runnable::run)
                .buildAsync();
    }

    /** The recording of {@code row}; a failure is not kept. */
    public CompletionStage<Recording> load(long row) {
        return byRow.get(row, (key, own) -> CompletableFuture.supplyAsync(() -> read.apply(key), executor));
    }

    private static int weight(Recording recording) {
        long bytes = RECORDING_BYTES
                + recording.request().body().length()
                + recording.response().bodyBytes()
                + (long) FRAME_BYTES * recording.response().frames().size();
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
