package dev.llmsim.recorder;

import dev.llmsim.store.H2Tape;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** Records with many threads until it is killed; says on standard output what it was told is durable. */
final class RecordUntilKilled {
    private static final int THREADS = 16;
    private static final int SHARED_SLOTS = 30;

    /** Keeps the threads from running far ahead of the recorder. */
    private static final Semaphore UNDER_WAY = new Semaphore(64);

    private RecordUntilKilled() {}

    /** Arguments: the tape's directory, a name for this run. */
    public static void main(String[] arguments) {
        String run = arguments[1];
        H2Tape tape = H2Tape.open(Path.of(arguments[0]));
        Recorder recorder = Recorder.start(
                tape, RecorderSettings.of("crash", WriteRule.RECORD), SelfDescribing.steps(), new Says());
        recorder.begin(new SelfDescribing("open-" + run, run).head());
        System.out.println("started");
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            new Thread(() -> record(recorder, run + "-" + thread)).start();
        }
    }

    private static void record(Recorder recorder, String prefix) {
        for (int n = 0; ; n++) {
            String name = prefix + "-" + n;
            String slot = n % 5 == 0 ? "shared-" + n % SHARED_SLOTS : name;
            UNDER_WAY.acquireUninterruptibly();
            Capture capture = recorder.begin(new SelfDescribing(slot, name).head());
            if (n % 11 == 0) {
                capture.giveUp("the eleventh");
            } else {
                new SelfDescribing(slot, name).play(capture);
            }
        }
    }

    private static final class Says implements RecorderListener {
        @Override
        public void durable(DurableRecording recording) {
            UNDER_WAY.release();
            System.out.println("durable " + recording.entry().row() + " "
                    + recording.entry().keys().content());
        }

        @Override
        public void givenUp(String reason) {
            UNDER_WAY.release();
        }
    }
}
