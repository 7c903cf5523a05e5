package dev.llmsim.gateway.playback;

import dev.llmsim.exchange.Response;
import dev.llmsim.mode.Origin;
import io.netty.handler.codec.http.HttpRequest;

/** The gateway's answer to a request whose upstream sent no head before the timeout, for recordings of such an exchange. */
@FunctionalInterface
public interface SilentUpstream {
    /** A whole answer (504 in the provider's envelope); the recorded end takes the place of its times. */
    Response answer(HttpRequest request, Origin origin);
}
