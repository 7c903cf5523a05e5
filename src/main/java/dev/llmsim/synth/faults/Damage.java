package dev.llmsim.synth.faults;

import dev.llmsim.exchange.Bytes;

/** What makes an event unreadable at the same length. */
final class Damage {
    /** A control character: no JSON may have it, inside strings or out. */
    private static final byte DAMAGED = 1;

    private Damage() {}

    static Bytes to(Bytes event) {
        byte[] bytes = event.toArray();
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '}' || bytes[i] == ']' || i == 0) {
                bytes[i] = DAMAGED;
                break;
            }
        }
        return Bytes.wrap(bytes);
    }
}
