package dev.llmsim.bench;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What the connections of a load client do. Called on its event loop. */
interface Workload {
    /** All connections stand; the work begins at this moment. */
    void begin(long nowNanos);

    /** How long connection {@code number} waits before its first request. */
    default long delayNanos(int number) {
        return 0;
    }

    /** The next request of a connection that is free, which stays the workload's own; none where it has done its part. */
    @Nullable ByteBuf next(long nowNanos);

    /** An answer is whole. */
    void answered(AnswerReader answer, long sentNanos, long nowNanos);

    /** An answer will not come, or is none; the connection is closed. */
    void failed(String reason);
}
