package dev.llmsim.cli;

import java.util.logging.LogManager;

/**
 * The registry of {@code java.util.logging} that this program names as its own: one that is never reset. The usual one closes its
 * handlers on a signal, at the same time as the gateway drains and seals, so that what these log is lost.
 */
public final class LastingLogManager extends LogManager {
    @Override
    public void reset() {
        // each record is written at once, so there is nothing to close
    }
}
