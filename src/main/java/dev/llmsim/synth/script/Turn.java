package dev.llmsim.synth.script;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What one request is answered with. */
public sealed interface Turn {
    /** Which requests it is for. */
    When condition();

    /** The same for other requests. */
    Turn when(When condition);

    /** Its {@code type} in a file. */
    String type();

    /** An answer in text. */
    static Turn assistant(String text) {
        return new Answer(Objects.requireNonNull(text), List.of(), When.ALWAYS);
    }

    /** Calls of tools, without a word. */
    static Turn toolCalls(ToolCall... calls) {
        return new Answer(null, List.of(calls), When.ALWAYS);
    }

    /** A text and calls of tools. */
    static Turn mixed(String text, ToolCall... calls) {
        return new Answer(Objects.requireNonNull(text), List.of(calls), When.ALWAYS);
    }

    /** 429. */
    static Turn rateLimit() {
        return error(429, "Rate limit exceeded. Please retry after some time.");
    }

    /** 504, at once. */
    static Turn timeout() {
        return error(504, "Request timed out");
    }

    /** 400. */
    static Turn invalidRequest(String message) {
        return error(400, message);
    }

    /** An error of any status from 400 to 599, in the provider's envelope. */
    static Turn error(int status, String message) {
        return new Failure(status, message, -1, When.ALWAYS);
    }

    /**
     * What the model says and which tools it calls.
     *
     * @param textOrNull absent where it says nothing
     */
    record Answer(@Nullable String textOrNull, List<ToolCall> calls, When condition) implements Turn {
        public Answer {
            calls = List.copyOf(calls);
            Objects.requireNonNull(condition);
        }

        public Optional<String> text() {
            return Optional.ofNullable(textOrNull);
        }

        @Override
        public Turn when(When newCondition) {
            return new Answer(textOrNull, calls, newCondition);
        }

        @Override
        public String type() {
            return textOrNull == null ? "tool_calls" : calls.isEmpty() ? "assistant" : "mixed";
        }
    }

    /**
     * An error of the provider.
     *
     * @param retryAfterSeconds what {@code retry-after} says; -1 without that header
     */
    record Failure(int status, String message, int retryAfterSeconds, When condition) implements Turn {
        /** The statuses of errors. */
        static final int MIN_STATUS = 400;

        static final int MAX_STATUS = 599;

        public Failure {
            Objects.requireNonNull(message);
            Objects.requireNonNull(condition);
            if (status < MIN_STATUS || status > MAX_STATUS) {
                throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
            }
        }

        public OptionalInt retryAfter() {
            return retryAfterSeconds < 0 ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
        }

        @Override
        public Turn when(When newCondition) {
            return new Failure(status, message, retryAfterSeconds, newCondition);
        }

        @Override
        public String type() {
            return "error";
        }
    }
}
