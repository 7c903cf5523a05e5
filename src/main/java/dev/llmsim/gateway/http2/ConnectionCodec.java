package dev.llmsim.gateway.http2;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;

/** The library's codec for one client's connection, with our limits. */
public final class ConnectionCodec {
    /** How many requests of one connection may be under way; others are refused, and clients wait or open another connection. */
    public static final int MAX_STREAMS = 1_000;

    /** What a client may send on one stream before it is taken; a stalled upstream holds as much. */
    static final int STREAM_WINDOW_BYTES = 1 << 20;

    /** What it may send on all of them: more than one stalled stream takes. */
    static final int CONNECTION_WINDOW_BYTES = 64 << 20;

    /** Requests begun and given up at once cost us their work and the client nothing (CVE-2023-44487). */
    static final int MAX_CLIENT_RESETS = 1_000;

    /** Our own resets are mostly what faults and cut recordings ask for; others answer a client's mistakes. */
    static final int MAX_OWN_RESETS = 10_000;

    static final int RESETS_WINDOW_SECONDS = 10;

    private ConnectionCodec() {}

    /** A codec for requests of which the head has no more than {@code maxHeadBytes}, twice. */
    public static Http2FrameCodec of(int maxHeadBytes) {
        Http2Settings settings = Http2Settings.defaultSettings()
                .maxConcurrentStreams(MAX_STREAMS)
                .initialWindowSize(STREAM_WINDOW_BYTES)
                .maxHeaderListSize(2L * maxHeadBytes);
        return Http2FrameCodecBuilder.forServer()
                .initialSettings(settings)
                .validateHeaders(true)
                .validateRequiredPseudoHeaders(true)
                .decoderEnforceMaxRstFramesPerWindow(MAX_CLIENT_RESETS, RESETS_WINDOW_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(MAX_OWN_RESETS, RESETS_WINDOW_SECONDS)
                .encoderIgnoreMaxHeaderListSize(true)
                .gracefulShutdownTimeoutMillis(-1)
                .build();
    }

    /** Lets the client send more on all its streams together than on one. Once {@code codec} is in its pipeline. */
    public static void widen(Http2FrameCodec codec) throws Http2Exception {
        Http2Connection connection = codec.connection();
        int present = connection.local().flowController().windowSize(connection.connectionStream());
        connection
                .local()
                .flowController()
                .incrementWindowSize(connection.connectionStream(), CONNECTION_WINDOW_BYTES - present);
    }
}
