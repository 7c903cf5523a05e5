package dev.llmsim.synth;

import dev.llmsim.exchange.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** A 64-bit seed, and the seeds that follow from it. Equal seeds draw equal things. */
record Seed(long value) {

    /** The seed that belongs to {@code content} under this one. */
    Seed of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    Seed of(byte[] content) {
        return new Seed(Key.hash(longBytes(value), content).high());
    }

    Seed of(long number) {
        return of(longBytes(number));
    }

    SplittableRandom random() {
        return new SplittableRandom(value);
    }

    private static byte[] longBytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
