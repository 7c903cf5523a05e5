package dev.llmsim.gateway;

import dev.llmsim.exchange.Ending;
import dev.llmsim.synth.faults.FaultKind;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.telemetry.Counters;

/** What an exchange adds to the counters, besides what the stages of it count. */
final class Accounts {
    private Accounts() {}

    /** An exchange has ended, as {@code line} tells. */
    static void ended(Counters counters, RequestLog.Line line) {
        counters.decrement(Counter.OPEN_EXCHANGES);
        counters.add(Counter.BODY_BYTES, line.bodyBytes());
        if (line.ending() == Ending.CLIENT_CANCELLED && !line.stopped()) {
            counters.increment(Counter.CLIENT_CANCELLED);
        } else if (line.ending() != Ending.COMPLETE) {
            counters.increment(Counter.CUT_ANSWERS);
        }
        if (line.source().equals("gateway")) {
            refused(counters, line.status());
        }
    }

    /** Of the gateway itself: upstream's own or a recorded answer may have these statuses too. */
    private static void refused(Counters counters, int status) {
        if (status == 424) {
            counters.increment(Counter.MISSES);
        } else if (status == 502 || status == 504) {
            counters.increment(Counter.UPSTREAM_FAILURES);
        }
    }

    /** A fault of {@code kind} was done to an answer. */
    static void faulted(Counters counters, FaultKind kind) {
        counters.increment(Counter.FAULTS);
        counters.increment(
                switch (kind) {
                    case DROP -> Counter.FAULTS_DROP;
                    case CORRUPT -> Counter.FAULTS_CORRUPT;
                    case ERROR -> Counter.FAULTS_ERROR;
                    case SPLIT -> Counter.FAULTS_SPLIT;
                    case DRIP -> Counter.FAULTS_DRIP;
                    case STALL -> Counter.FAULTS_STALL;
                    case CUT -> Counter.FAULTS_CUT;
                    case RESET -> Counter.FAULTS_RESET;
                });
    }
}
