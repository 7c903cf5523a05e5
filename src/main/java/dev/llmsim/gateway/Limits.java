package dev.llmsim.gateway;

/**
 * Sizes beyond which the gateway refuses.
 *
 * @param maxRequestBytes the largest body that is buffered for matching (413 beyond); streamed bodies have no limit
 * @param maxHeadBytes the longest request line (414 beyond), and the most header bytes (431 beyond)
 */
public record Limits(long maxRequestBytes, int maxHeadBytes) {
    public static final Limits DEFAULT = new Limits(64L << 20, 64 << 10);

    public Limits {
        positive("maxRequestBytes", maxRequestBytes);
        positive("maxHeadBytes", maxHeadBytes);
    }

    private static void positive(String name, long value) {
        if (value <= 0 || value > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to 2147483583)");
        }
    }
}
