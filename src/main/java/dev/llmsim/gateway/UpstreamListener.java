package dev.llmsim.gateway;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import javax.net.ssl.SSLException;

/** Is told what happens on an upstream connection while it serves one request. All calls are on its loop. */
interface UpstreamListener {
    /** An interim answer (1xx). */
    void interim(HttpResponse response);

    void head(HttpResponse response);

    /** The next part of the body, which the listener now owns; the last part is a {@code LastHttpContent}. */
    void body(HttpContent content);

    /** All that one read brought has been passed on. */
    void upstreamReadComplete();

    /** The connection takes bytes again, or has ceased to. */
    void upstreamWritabilityChanged();

    /** The connection ended before the answer did. */
    void upstreamClosed(boolean byReset);

    /** TLS failed after the handshake seemed done, as where a client certificate was not accepted. */
    void tlsFailed(SSLException cause);

    /** What arrived is not HTTP as we asked for it; {@code flaw} says which part of it, and nothing that stood there. */
    void undecodable(String flaw);
}
