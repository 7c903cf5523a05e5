package dev.llmsim.provider.simulation;

/** Ends the handling of a call: the client gets {@link #error()}. */
public final class ApiErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    public ApiErrorException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public ApiErrorException(int status, String message) {
        this(ApiError.of(status, message));
    }

    public ApiError error() {
        return error;
    }
}
