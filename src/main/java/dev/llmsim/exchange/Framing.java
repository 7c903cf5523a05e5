package dev.llmsim.exchange;

/** How the end of a body was marked on the wire (RFC 9112, section 6). */
public enum Framing {
    /** By {@code content-length}, or because such an answer has no body (HEAD, 204, 304). */
    LENGTH,
    /** By the last chunk of {@code transfer-encoding: chunked}. */
    CHUNKED,
    /** By closing the connection. */
    CLOSE
}
