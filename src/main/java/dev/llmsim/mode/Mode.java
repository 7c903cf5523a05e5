package dev.llmsim.mode;

import java.util.Locale;

/** How the gateway treats requests: three knobs with a name (DESIGN: look up? on a miss? write?). */
public enum Mode {
    /** A recording where there is one, else the simulator; nothing is connected to. */
    SIMULATE(true, false, false),
    /** Always upstream, everything is kept. */
    RECORD(false, true, true),
    /** Recordings only. */
    REPLAY(true, false, false),
    /** A recording where there is one, else upstream, which is then kept. */
    AUTO(true, true, true),
    /** Always upstream, nothing is kept. */
    PASSTHROUGH(false, true, false);

    private final boolean looksUp;
    private final boolean connects;
    private final boolean writes;

    Mode(boolean looksUp, boolean connects, boolean writes) {
        this.looksUp = looksUp;
        this.connects = connects;
        this.writes = writes;
    }

    /** Whether requests are matched against recordings; such requests are buffered whole. */
    public boolean looksUp() {
        return looksUp;
    }

    /** Whether upstream may ever be connected to. */
    public boolean connects() {
        return connects;
    }

    public boolean writes() {
        return writes;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
