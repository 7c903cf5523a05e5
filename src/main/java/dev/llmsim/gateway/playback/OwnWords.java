package dev.llmsim.gateway.playback;

import dev.llmsim.exchange.Response;
import io.netty.handler.codec.http.HttpRequest;

/** The gateway's own answers where a recording cannot speak: an upstream that sent no head, a recording that is no HTTP. */
@FunctionalInterface
public interface OwnWords {
    /** A whole answer of {@code status} that says {@code message} in the provider's envelope; its times mean nothing. */
    Response answer(HttpRequest request, int status, String message);
}
