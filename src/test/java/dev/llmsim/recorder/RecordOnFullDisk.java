package dev.llmsim.recorder;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.store.H2Tape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Records small exchanges around large ones for which there is no room; says what became of each. */
final class RecordOnFullDisk {
    private static final int LARGE_BYTES = 6_000_000;
    private static final int ROUNDS = 3;

    private RecordOnFullDisk() {}

    /** Arguments: the tape's directory. */
    public static void main(String[] arguments) throws InterruptedException {
        BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
        RecorderListener listener = new RecorderListener() {
            @Override
            public void durable(DurableRecording recording) {
                outcomes.add("durable " + recording.entry().target());
            }

            @Override
            public void givenUp(String reason) {
                outcomes.add("given up " + reason);
            }
        };
        H2Tape tape = H2Tape.open(Path.of(arguments[0]));
        Recorder recorder = Recorder.start(
                tape, RecorderSettings.of("default", WriteRule.RECORD), SelfDescribing.steps(), listener);
        for (int round = 0; round < ROUNDS; round++) {
            new SelfDescribing("small-" + round, "small-" + round).play(recorder);
            System.out.println(outcomes.take());
            playLarge(recorder, "large-" + round);
            System.out.println(outcomes.take());
        }
        RecorderSummary summary = recorder.close(Duration.ofSeconds(60));
        System.out.println(summary.sealed() + " sealed, " + summary.givenUp() + " given up, " + recorder.heldBytes()
                + " bytes held");
        tape.close();
    }

    private static void playLarge(Recorder recorder, String name) {
        byte[] noise = new byte[LARGE_BYTES];
        new Random(name.hashCode()).nextBytes(noise);
        SelfDescribing exchange = new SelfDescribing(name, name);
        Capture capture = recorder.begin(exchange.head());
        capture.responseHead(exchange.responseHead(), Framing.CHUNKED, -1, 0);
        capture.responseBytes(Bytes.wrap(noise), 0);
        capture.seal(Ending.COMPLETE, 0);
    }
}
