package dev.llmsim.recorder;

import java.util.Objects;

/**
 * The measures of a recorder.
 *
 * @param cassette where recordings go
 * @param budgetBytes how much of all exchanges may be held in memory until it is written
 * @param captureBytes how much of one exchange may be held; a longer one is given up
 * @param queueJobs how many ended exchanges may wait for the recorder's thread
 */
public record RecorderSettings(String cassette, WriteRule rule, long budgetBytes, long captureBytes, int queueJobs) {
    private static final long MAX_BUDGET_BYTES = 256L << 20;
    private static final long MAX_CAPTURE_BYTES = 64L << 20;
    private static final int QUEUE_JOBS = 4096;

    public RecorderSettings {
        Objects.requireNonNull(rule);
        if (cassette.isEmpty()) {
            throw new IllegalArgumentException("cassette: \"\" (expected: a name)");
        }
        requirePositive("budgetBytes", budgetBytes);
        requirePositive("captureBytes", captureBytes);
        requirePositive("queueJobs", queueJobs);
    }

    /** A budget of 256 MB or a quarter of the heap, whichever is less, of which one exchange may hold 64 MB. */
    public static RecorderSettings of(String cassette, WriteRule rule) {
        long budgetBytes = Math.min(MAX_BUDGET_BYTES, Runtime.getRuntime().maxMemory() / 4);
        return new RecorderSettings(cassette, rule, budgetBytes, Math.min(MAX_CAPTURE_BYTES, budgetBytes), QUEUE_JOBS);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
