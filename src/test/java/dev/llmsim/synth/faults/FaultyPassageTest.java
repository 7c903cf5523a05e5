package dev.llmsim.synth.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.provider.Dialect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultyPassageTest {
    private static final String ONE = "data: {\"a\":1}\n\n";
    private static final String TWO = "data: {\"a\":2}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String SSE = "text/event-stream; charset=utf-8";

    private static FaultyPassage passage(String faults, String type) {
        return new FaultyPassage(
                Fault.parseAll(faults), new FaultyPassage.Answer(Dialect.OPENAI, "/v1/chat/completions", type, false));
    }

    /** What is done with {@code body} in reads of {@code bytes}, with what is sent in a row joined. */
    private static List<String> steps(FaultyPassage passage, String body, int bytes) {
        List<FaultStep> steps = new ArrayList<>(passage.begin());
        for (int from = 0; from < body.length(); from += bytes) {
            steps.addAll(passage.read(Bytes.utf8(body.substring(from, Math.min(body.length(), from + bytes)))));
        }
        steps.addAll(passage.end());
        Written written = new Written();
        steps.forEach(step -> step.take(written));
        written.flush();
        return written.lines;
    }

    private static final class Written implements FaultStep.Hands {
        private final List<String> lines = new ArrayList<>();
        private final StringBuilder sent = new StringBuilder();

        void flush() {
            if (!sent.isEmpty()) {
                lines.add(sent.toString());
                sent.setLength(0);
            }
        }

        private void add(String line) {
            flush();
            lines.add(line);
        }

        @Override
        public void send(Bytes bytes) {
            sent.append(bytes.utf8());
        }

        @Override
        public void pause(long micros) {
            add("pause " + micros);
        }

        @Override
        public void note(Fault fault) {
            add(fault.text());
        }

        @Override
        public void end(Ending ending) {
            add(ending.toString());
        }
    }

    private static List<String> done(String faults, int bytes) {
        return steps(passage(faults, SSE), ONE + TWO + DONE, bytes);
    }

    /** However the body is cut into reads. */
    @ParameterizedTest
    @CsvSource({"1", "2", "7", "13", "20", "1000"})
    void readsMakeNoDifference(int bytes) {
        assertThat(done("cut@frame=2", bytes)).containsExactly(ONE + TWO, "cut@frame=2", "UPSTREAM_TRUNCATED");
        assertThat(done("reset@byte=3", bytes)).containsExactly("dat", "reset@byte=3", "UPSTREAM_RESET");
        assertThat(done("drop@event=2", bytes)).containsExactly(ONE, "drop@event=2", DONE);
        assertThat(done("drop@event=1,drop@event=1", bytes)).containsExactly("drop@event=1", "drop@event=1", DONE);
        assertThat(done("corrupt@event=1", bytes))
                .containsExactly("corrupt@event=1", ONE.replace('}', '\u0001') + TWO + DONE);
        assertThat(done("stall@frame=1;for=5s", bytes))
                .containsExactly(ONE, "stall@frame=1;for=5s", "pause 5000000", TWO + DONE);
        assertThat(done("split@byte=17,stall@byte=20;for=1ms", bytes))
                .containsExactly(
                        (ONE + TWO).substring(0, 17),
                        "split@byte=17",
                        "pause 20000",
                        (ONE + TWO).substring(17, 20),
                        "stall@byte=20;for=1ms",
                        "pause 1000",
                        (ONE + TWO + DONE).substring(20));
        assertThat(done("cut@frame=2,stall@frame=1;for=2s,drop@event=1,drop@event=7", bytes))
                .containsExactly(
                        "drop@event=1",
                        TWO,
                        "stall@frame=1;for=2s",
                        "pause 2000000",
                        DONE,
                        "cut@frame=2",
                        "UPSTREAM_TRUNCATED");
    }

    @Test
    void anErrorEndsTheStream() {
        List<String> failed = done("error@event=2", 1);
        assertThat(failed).hasSize(4).startsWith(ONE, "error@event=2").endsWith("COMPLETE");
        assertThat(failed.get(2)).startsWith("data: {\"error\":");
        assertThat(steps(passage("error@event=1", "application/json"), "{}", 1)).containsExactly("{}");
    }

    @ParameterizedTest
    @CsvSource({"cut@frame=0", "reset@byte=0"})
    void theHeadMayBeAllThereIs(String fault) {
        assertThat(done(fault, 9)).hasSize(2).startsWith(fault);
    }

    @Test
    void aPlaceAtTheEndCountsAndOneBehindItDoesNot() {
        int all = (ONE + TWO + DONE).length();
        assertThat(done("cut@byte=" + all, 7)).endsWith("cut@byte=" + all, "UPSTREAM_TRUNCATED");
        assertThat(done("stall@frame=3;for=1s", 7)).endsWith("stall@frame=3;for=1s", "pause 1000000");
        for (String beyond : List.of("cut@frame=4", "reset@byte=1000", "drop@event=4", "split@byte=" + all)) {
            assertThat(done(beyond, 7)).containsExactly(ONE + TWO + DONE);
        }
    }

    @Test
    void aDripPausesBeforeEachPiece() {
        assertThat(steps(passage("drip;rate=40B/s", "application/json"), "abcde", 5))
                .containsExactly("drip;rate=40B/s", "pause 50000", "ab", "pause 50000", "cd", "pause 25000", "e");
    }

    @Test
    void whatIsNoWholeEventWaitsOnlyWhileEventsAreCounted() {
        FaultyPassage passage = passage("drop@event=1,stall@byte=900;for=1s", SSE);
        assertThat(passage.read(Bytes.utf8("data: 1"))).isEmpty();
        assertThat(passage.read(Bytes.utf8("\n\nda")))
                .containsExactly(new FaultStep.Note(Fault.parse("drop@event=1")), new FaultStep.Send(Bytes.utf8("da")));
        assertThat(passage.read(Bytes.utf8("t"))).containsExactly(new FaultStep.Send(Bytes.utf8("t")));
    }

    @Test
    void anEventWithoutEndIsNotHeldForEver() {
        FaultyPassage passage = passage("cut@frame=3", SSE);
        Bytes block = Bytes.wrap(new byte[1 << 20]);
        long sent = 0;
        for (int i = 0; i < 20; i++) {
            for (FaultStep step : passage.read(block)) {
                sent += step instanceof FaultStep.Send send ? send.bytes().length() : 0;
            }
        }
        assertThat(sent).isGreaterThan(16 << 20);
    }

    @Test
    void onlyWhatChangesTheLengthSaysSo() {
        assertThat(passage("drop@event=1", SSE).changesLength()).isTrue();
        assertThat(passage("error@event=1", SSE).changesLength()).isTrue();
        assertThat(passage("error@event=1", "application/json").changesLength()).isFalse();
        assertThat(passage("corrupt@event=1,cut@byte=3", SSE).changesLength()).isFalse();
    }
}
