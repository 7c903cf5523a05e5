package dev.llmsim;

import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An event stream in the least convenient of its legal forms. */
final class MessyEventStream {
    private static final int CHUNK_BYTES = 3;
    private static final int WRITE_BYTES = 41;

    private MessyEventStream() {}

    /** {@code clean} with CRLF, comments between and inside events, and each datum split over lines before {@code member}. */
    static String of(String clean, String member) {
        return ": at first\n\n"
                + clean.replace(",\"" + member + "\"", ",\n: within\ndata: \"" + member + "\"")
                        .replace("\n\n", "\n: after\n\n: between\n\n");
    }

    /** A provider that sends {@code body} with CRLF, cut into chunks of three bytes, in writes that agree with nothing. */
    static RawUpstream provider(String body) throws IOException {
        String bytes =
                new String(body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        StringBuilder answer = new StringBuilder(RawMessage.head(
                "HTTP/1.1 200 OK", "content-type: text/event-stream; charset=utf-8", "transfer-encoding: chunked"));
        for (int from = 0; from < bytes.length(); from += CHUNK_BYTES) {
            answer.append(RawMessage.chunk(bytes.substring(from, Math.min(bytes.length(), from + CHUNK_BYTES))));
        }
        answer.append("0\r\n\r\n");
        return RawUpstream.start(connection -> {
            while (true) {
                connection.readMessage();
                connection.sendInPieces(answer.toString(), WRITE_BYTES);
            }
        });
    }
}
