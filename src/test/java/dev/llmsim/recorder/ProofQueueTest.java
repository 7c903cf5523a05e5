package dev.llmsim.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.store.Keys;
import dev.llmsim.store.TapeChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofQueueTest {
    private static final Request REQUEST = new Request("openai", "GET", "/", Headers.EMPTY, Bytes.EMPTY);
    private static final Response RESPONSE = new Response(
            new ResponseHead(200, "OK", Headers.EMPTY),
            Framing.CHUNKED,
            -1,
            List.of(),
            Headers.EMPTY,
            TimingSource.RECORDED,
            0,
            0,
            Ending.COMPLETE);

    private final ProofQueue queue = new ProofQueue();

    @Test
    void givesSlicesInTheOrderOfTheCommits() {
        for (long row = 1; row <= 60; row++) {
            queue.add(pending(row, 10));
        }
        assertThat(queue.takeSlice())
                .extracting(one -> one.seal().row())
                .hasSize(50)
                .startsWith(1L, 2L);
        assertThat(queue.takeSlice())
                .extracting(one -> one.seal().row())
                .hasSize(10)
                .endsWith(60L);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.takeSlice()).isEmpty();
    }

    @Test
    void aLargeOneEndsItsSlice() {
        queue.add(pending(1, 64 << 20));
        queue.add(pending(2, 10));
        assertThat(queue.isFull()).isTrue();
        assertThat(queue.takeSlice()).extracting(one -> one.seal().row()).containsExactly(1L);
        assertThat(queue.isFull()).isFalse();
        assertThat(queue.takeSlice()).extracting(one -> one.seal().row()).containsExactly(2L);
    }

    @Test
    void isFullOfManySmallOnes() {
        for (long row = 1; row <= 1000; row++) {
            queue.add(pending(row, 10));
        }
        assertThat(queue.isFull()).isFalse();
        queue.add(pending(1001, 10));
        assertThat(queue.isFull()).isTrue();
    }

    private static CommitGroup.Pending pending(long row, long heldBytes) {
        Draft draft = new Draft(REQUEST, RESPONSE, false);
        TapeChange.Seal seal = new TapeChange.Seal(
                row, "default", draft.withId("id-" + row), new Keys(new Key(0, row), null, 1, null));
        Job.Ended ended = new Job.Ended(row, new Take(REQUEST), heldBytes, 0);
        return new CommitGroup.Pending(seal, new RawExchange(REQUEST, RESPONSE), "id", false, ended);
    }
}
