package dev.llmsim.gateway;

import dev.llmsim.mode.Decider;
import dev.llmsim.mode.Sessions;
import dev.llmsim.recorder.CaptureSource;
import dev.llmsim.telemetry.Counters;

/** Everything that a gateway asks: who decides, in which session, records, plays, routes, words errors, and is told. */
public record GatewayParts(
        Decider decider,
        Sessions sessions,
        CaptureSource captures,
        Player player,
        Routes routes,
        Envelopes envelopes,
        RequestLog log,
        Counters counters) {}
