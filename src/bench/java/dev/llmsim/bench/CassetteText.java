package dev.llmsim.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

/** Writes cassette files (docs/cassette-format.md) with the recordings that are replayed. */
final class CassetteText implements AutoCloseable {
    private final Writer out;
    private int written;

    private CassetteText(Writer out) throws IOException {
        this.out = out;
        out.write("llmsim: cassette/1\n");
    }

    static CassetteText in(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        return new CassetteText(Files.newBufferedWriter(folder.resolve(name + ".llm.yaml")));
    }

    /** The answer to {@code request}, not streamed. */
    void completion(String request, String body) throws IOException {
        head(request, "length", "application/json");
        out.write("  - {text: " + quoted(body) + "}\n");
        end("0");
    }

    /** The answer to {@code request} in events {@code gapMillis} apart, the first so long after the request. */
    void stream(String request, List<String> events, int gapMillis) throws IOException {
        head(request, "chunked", "text/event-stream; charset=utf-8");
        StringJoiner moments = new StringJoiner(", ");
        for (int i = 0; i < events.size(); i++) {
            out.write("  - " + quoted(events.get(i).stripTrailing()) + "\n");
            moments.add(String.valueOf(gapMillis * (i + 1)));
        }
        end(moments.toString());
    }

    private void head(String request, String framing, String contentType) throws IOException {
        out.write("---\nid: openai-chat-%08x\nrequest:\n  to: openai POST %s\n  headers: []\n  text: %s\n"
                .formatted(++written, Payloads.CHAT_PATH, quoted(request)));
        out.write("response:\n  status: 200\n  framing: " + framing
                + "\n  timing: recorded\n  headers:\n  - [content-type, " + contentType + "]\n  frames:\n");
    }

    private void end(String moments) throws IOException {
        String[] all = moments.split(", ", -1);
        out.write("  head-ms: " + all[0] + "\n  at-ms: [" + moments + "]\n  end-ms: " + all[all.length - 1]
                + "\n  ending: complete\n");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
