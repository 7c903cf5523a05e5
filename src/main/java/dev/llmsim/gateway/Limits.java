package dev.llmsim.gateway;

/**
 * Sizes beyond which the gateway refuses.
 *
 * @param maxRequestBytes the largest body that is buffered for matching (413 beyond); streamed bodies have no limit
 * @param maxHeadBytes the longest request line (414 beyond), and the most header bytes (431 beyond)
 * @param maxWebSockets how many may be open at a time (503 beyond)
 */
public record Limits(long maxRequestBytes, int maxHeadBytes, int maxWebSockets) {
    public static final int DEFAULT_WEB_SOCKETS = 100;
    public static final Limits DEFAULT = new Limits(64L << 20, 64 << 10, DEFAULT_WEB_SOCKETS);

    public Limits {
        positive("maxRequestBytes", maxRequestBytes);
        positive("maxHeadBytes", maxHeadBytes);
        if (maxWebSockets < 0) {
            throw new IllegalArgumentException("maxWebSockets: " + maxWebSockets + " (expected: 0 or more)");
        }
    }

    public Limits withMaxRequestBytes(long bytes) {
        return new Limits(bytes, maxHeadBytes, maxWebSockets);
    }

    public Limits withMaxWebSockets(int sockets) {
        return new Limits(maxRequestBytes, maxHeadBytes, sockets);
    }

    private static void positive(String name, long value) {
        if (value <= 0 || value > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to 2147483583)");
        }
    }
}
