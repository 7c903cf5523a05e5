package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecordingCacheTest {
    private final List<Runnable> handedOver = new ArrayList<>();
    private final List<Long> reads = new ArrayList<>();

    @Test
    void readsOnTheExecutorAndOnceForAllWhoAsk() {
        RecordingCache cache = new RecordingCache(1 << 20, this::read, handedOver::add);

        CompletableFuture<Recording> one = cache.load(7).toCompletableFuture();
        CompletableFuture<Recording> other = cache.load(7).toCompletableFuture();
        assertThat(reads).isEmpty();
        runAll();

        assertThat(one).isCompletedWithValueMatching(recording -> recording.id().equals("r7"));
        assertThat(other.join()).isSameAs(one.join());
        assertThat(reads).containsExactly(7L);
        assertThat(cache.load(7).toCompletableFuture()).isDone();
    }

    @Test
    void keepsNoMoreThanItsBytes() {
        RecordingCache cache = new RecordingCache(20_000, this::read, Runnable::run);
        for (long row = 0; row < 50; row++) {
            assertThat(cache.load(row).toCompletableFuture()).isDone();
        }
        reads.clear();
        for (long row = 0; row < 50; row++) {
            assertThat(cache.load(row).toCompletableFuture()).isDone();
        }
        // Each of the fifty weighs more than 2,000 bytes, so at most nine can have stayed.
        assertThat(reads).hasSizeGreaterThanOrEqualTo(41);
    }

    @Test
    void handsOverNothingButReads() {
        List<Runnable> all = new ArrayList<>();
        RecordingCache cache = new RecordingCache(20_000, this::read, task -> {
            all.add(task);
            task.run();
        });
        for (long row = 0; row < 50; row++) {
            assertThat(cache.load(row).toCompletableFuture()).isDone();
        }
        assertThat(all).hasSameSizeAs(reads);
    }

    @Test
    void aFailureIsNotKept() {
        RecordingCache cache = new RecordingCache(
                20_000,
                row -> {
                    reads.add(row);
                    if (reads.size() == 1) {
                        throw new IllegalStateException("damaged");
                    }
                    return Fixtures.recording("r", Fixtures.request("openai", "x"));
                },
                Runnable::run);

        assertThat(cache.load(1).toCompletableFuture()).isCompletedExceptionally();
        assertThat(cache.load(1).toCompletableFuture())
                .isCompletedWithValueMatching(recording -> recording.id().equals("r"));
    }

    private Recording read(long row) {
        reads.add(row);
        return Fixtures.recording("r" + row, Fixtures.request("openai", "x"), Fixtures.answer("y".repeat(1_000)));
    }

    private void runAll() {
        while (!handedOver.isEmpty()) {
            handedOver.remove(0).run();
        }
    }
}
