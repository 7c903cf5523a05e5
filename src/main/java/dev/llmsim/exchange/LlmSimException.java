package dev.llmsim.exchange;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions that llmsim throws on purpose. Its message says what failed, the offending value, what was
 * expected and what to do.
 */
public class LlmSimException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public LlmSimException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public LlmSimException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public final ErrorCode code() {
        return code;
    }
}
