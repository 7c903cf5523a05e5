package dev.llmsim.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How much CPU time a process has used; on Linux in steps of 10 ms. */
record CpuClock(ProcessHandle process) {
    /** Of this process, which is the load client. */
    static CpuClock client() {
        return new CpuClock(ProcessHandle.current());
    }

    /** 0 where the system does not tell. */
    long micros() {
        Duration used = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return TimeUnit.NANOSECONDS.toMicros(used.toNanos());
    }
}
