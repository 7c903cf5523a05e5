package dev.llmsim.recorder;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes are held in memory, and how many may be. Thread-safe, never blocks. */
final class Budget {
    private final long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    Budget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Whether {@code bytes} more may be held; they then are. */
    boolean reserve(long bytes) {
        long held = heldBytes.get();
        while (held + bytes <= limitBytes) {
            if (heldBytes.compareAndSet(held, held + bytes)) {
                return true;
            }
            held = heldBytes.get();
        }
        return false;
    }

    void release(long bytes) {
        heldBytes.addAndGet(-bytes);
    }

    long heldBytes() {
        return heldBytes.get();
    }
}
