package dev.llmsim.bench;

import java.util.Optional;

/**
 * What every answer of a workload has to be.
 *
 * @param source the value of {@code x-llmsim-source}; empty where there is none
 * @param events how many server-sent events it has; 0 for an answer that is not streamed
 * @param bodyBytes how long its body is; -1 where that varies
 */
record Expected(String source, int events, long bodyBytes) {
    private static final int OK = 200;

    /** What is wrong with {@code answer}. */
    Optional<String> complaint(AnswerReader answer) {
        if (answer.status() != OK) {
            return Optional.of("status: " + answer.status() + " (expected: 200)");
        }
        if (!answer.header("x-llmsim-source").equals(source)) {
            return Optional.of("source: " + answer.header("x-llmsim-source") + " (expected: " + source + ")");
        }
        if (answer.events() != events) {
            return Optional.of("events: " + answer.events() + " (expected: " + events + ")");
        }
        if (bodyBytes >= 0 && answer.bodyBytes() != bodyBytes) {
            return Optional.of("body: " + answer.bodyBytes() + " bytes (expected: " + bodyBytes + ")");
        }
        return Optional.empty();
    }
}
