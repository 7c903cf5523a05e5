package dev.llmsim.gateway;

import dev.llmsim.mode.Decider;
import dev.llmsim.mode.Sessions;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.SocketDialect;
import dev.llmsim.recorder.CaptureSource;
import dev.llmsim.telemetry.Counters;
import java.util.Map;

/**
 * Everything that a gateway asks: who decides, in which session, records, plays, routes, words errors, and is told.
 *
 * @param sockets how APIs are spoken over WebSocket, where they are
 */
public record GatewayParts(
        Decider decider,
        Sessions sessions,
        CaptureSource captures,
        Player player,
        Routes routes,
        Envelopes envelopes,
        RequestLog log,
        Map<Dialect, SocketDialect> sockets,
        Counters counters) {}
