package dev.llmsim.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** What a proxy does after CONNECT: bytes go both ways as they come, until one side ends. */
public final class Tunnel {
    private Tunnel() {}

    /** Connects {@code client} with {@code port} of this machine; returns when the server has ended. */
    public static void to(int port, RawConnection client) throws IOException {
        try (RawConnection server = RawConnection.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            Thread up = new Thread(() -> pump(client, server), "tunnel-up");
            up.setDaemon(true);
            up.start();
            pump(server, client);
        }
    }

    private static void pump(RawConnection from, RawConnection to) {
        byte[] buffer = new byte[8192];
        try {
            for (int count = from.in().read(buffer);
                    count > 0;
                    count = from.in().read(buffer)) {
                to.send(Arrays.copyOf(buffer, count));
            }
        } catch (IOException ended) {
            // One side has left, with which the tunnel ends: that is for the test to notice.
            return;
        }
    }
}
