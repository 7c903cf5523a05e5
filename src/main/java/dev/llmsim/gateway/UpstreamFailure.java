package dev.llmsim.gateway;

/** An upstream could not be reached, or fell silent, before it answered. The message is for the client. */
final class UpstreamFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private UpstreamFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    static UpstreamFailure unreachable(String message) {
        return new UpstreamFailure(502, message);
    }

    static UpstreamFailure silent(String message) {
        return new UpstreamFailure(504, message);
    }

    int status() {
        return status;
    }

    /** Never null, unlike that of exceptions in general. */
    String text() {
        return String.valueOf(getMessage());
    }
}
