package dev.llmsim.gateway;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;

/**
 * Tells what of an upstream's answer is not HTTP as we asked for it. Says which part it is, never what stood there: the bytes
 * of an upstream may hold secrets, and what is said here goes into logs. Pure.
 */
final class AnswerGuard {
    private static final int SWITCHING_PROTOCOLS = 101;

    private AnswerGuard() {}

    /** What is wrong with {@code part}; empty where it can be passed on. */
    static Optional<String> flaw(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            return Optional.of(undecoded(part, part.decoderResult().cause()));
        }
        return part instanceof HttpResponse response ? status(response.status().code()) : Optional.empty();
    }

    private static String undecoded(HttpObject part, Throwable cause) {
        if (cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException) {
            return "its head is too long";
        }
        if (part instanceof FullHttpResponse) {
            return "its status line cannot be read";
        }
        return part instanceof HttpResponse
                ? "one of its headers cannot be read"
                : "a chunk of its body cannot be read";
    }

    private static Optional<String> status(int code) {
        if (code == SWITCHING_PROTOCOLS) {
            return Optional.of("it switched protocols (101), which it was not asked to do");
        }
        return code < 100 || code > 999 ? Optional.of("its status is " + code + ", not 100 to 999") : Optional.empty();
    }
}
