package dev.llmsim.bench;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Requests as they stand on the wire, made before they are needed. */
final class Requests {
    private Requests() {}

    /** {@code count} chat requests to {@code path}. */
    static List<ByteBuf> posts(String path, String headers, int count, IntFunction<String> bodies) {
        return IntStream.range(0, count)
                .mapToObj(number -> post(path, headers, bodies.apply(number)))
                .toList();
    }

    /** @param headers whole lines beside the usual ones */
    private static ByteBuf post(String path, String headers, String body) {
        String request = "POST " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
                + "authorization: Bearer sk-bench\r\naccept: */*\r\nuser-agent: llmsim-bench\r\n" + headers
                + "content-length: " + body.length() + "\r\n\r\n" + body;
        return ReadyBytes.ascii(request);
    }
}
