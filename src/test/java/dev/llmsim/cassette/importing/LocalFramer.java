package dev.llmsim.cassette.importing;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.framing.Framer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A framer for tests of the importer alone: SSE at blank lines, event streams by their length prefix, else one frame. */
final class LocalFramer implements Framer {
    private static final Pattern SSE_EVENT = Pattern.compile(".*?(?:\r\n\r\n|\n\n|\r\r)", Pattern.DOTALL);

    private final String contentType;
    private Bytes all = Bytes.EMPTY;

    LocalFramer(String contentType) {
        this.contentType = contentType;
    }

    @Override
    public List<Frame> feed(Bytes read, long offsetMicros) {
        all = Bytes.concat(List.of(all, read));
        return List.of();
    }

    @Override
    public List<Frame> finish() {
        List<Frame> frames = new ArrayList<>();
        int from = 0;
        for (int to = end(from); to > from; to = end(from)) {
            frames.add(new Frame(0, all.slice(from, to)));
            from = to;
        }
        return frames;
    }

    private int end(int from) {
        if (from == all.length()) {
            return from;
        }
        if (contentType.startsWith("text/event-stream")) {
            String rest = new String(all.slice(from, all.length()).toArray(), StandardCharsets.ISO_8859_1);
            Matcher event = SSE_EVENT.matcher(rest);
            return event.lookingAt() ? from + event.end() : all.length();
        }
        return contentType.startsWith("application/vnd.amazon.eventstream")
                ? from + all.slice(from, from + 4).asByteBuffer().getInt()
                : all.length();
    }
}
