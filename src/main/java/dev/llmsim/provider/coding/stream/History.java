package dev.llmsim.provider.coding.stream;

import java.io.IOException;
import java.util.Arrays;

/**
 * Decoded bytes: those that were not read yet, and before them as many as the window lets the coded stream refer back to. Grows with what
 * was really decoded, never with what a header announces.
 */
public final class History {
    private static final int FIRST_CAPACITY = 1 << 14;
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 16;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int start;
    private int unreadFrom;
    private int end;
    private int windowBytes;

    /** From here on nothing before is referred to, and nothing further back than {@code newWindowBytes}. */
    public void begin(int newWindowBytes) {
        start = end;
        windowBytes = newWindowBytes;
    }

    /** How far back a reference may reach now. */
    public int reachBytes() {
        return Math.min(windowBytes, end - start);
    }

    public int unreadBytes() {
        return end - unreadFrom;
    }

    /** The byte {@code distance} before the next one; 0 before the first. */
    public int back(int distance) {
        return distance <= end - start ? bytes[end - distance] & 0xff : 0;
    }

    public void put(int value) {
        room(1);
        bytes[end++] = (byte) value;
    }

    public void put(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, bytes, end, count);
        end += count;
    }

    public void fill(int value, int count) {
        room(count);
        Arrays.fill(bytes, end, end + count, (byte) value);
        end += count;
    }

    /** Repeats {@code count} bytes from {@code distance} back; they may overlap with what they become. */
    public void copy(int distance, int count) throws IOException {
        if (distance < 1 || distance > reachBytes()) {
            throw new IOException("a copy from " + distance + " bytes back (expected: at most " + reachBytes() + ")");
        }
        room(count);
        int from = end - distance;
        int left = count;
        while (left > 0) {
            int piece = Math.min(left, end - from);
            System.arraycopy(bytes, from, bytes, end, piece);
            end += piece;
            left -= piece;
        }
    }

    /** Takes unread bytes. */
    public int read(byte[] target, int offset, int length) {
        int count = Math.min(length, unreadBytes());
        System.arraycopy(bytes, unreadFrom, target, offset, count);
        unreadFrom += count;
        return count;
    }

    /** Makes as if the last {@code count} bytes, none of them read, had not been put. */
    public void takeBack(int count) {
        end -= count;
    }

    /** Calls {@code sink} with the last {@code count} bytes. */
    public void last(int count, Sink sink) {
        sink.accept(bytes, end - count, count);
    }

    /** Takes a run of an array. */
    @FunctionalInterface
    public interface Sink {
        void accept(byte[] array, int from, int count);
    }

    private void room(int count) {
        if (bytes.length - end >= count) {
            return;
        }
        int keptFrom = Math.min(unreadFrom, Math.max(start, end - windowBytes));
        int kept = end - keptFrom;
        long needed = (long) kept + count;
        byte[] target = needed * 2 <= bytes.length
                ? bytes
                : new byte[(int) Math.min(MAX_CAPACITY, Math.max(needed, Math.max(bytes.length, kept * 2L + count)))];
        System.arraycopy(bytes, keptFrom, target, 0, kept);
        bytes = target;
        start = Math.max(0, start - keptFrom);
        unreadFrom -= keptFrom;
        end = kept;
    }
}
