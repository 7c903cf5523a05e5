package dev.llmsim.gateway.playback;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.mode.Decision;
import dev.llmsim.mode.MatchTier;
import dev.llmsim.mode.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recorded answer in the making: head after 10 ms, one frame each 10 ms after that, the end 10 ms after the last. */
final class Answer {
    private @Nullable ResponseHead head = new ResponseHead(200, "OK", Headers.EMPTY);
    private Framing framing = Framing.CHUNKED;
    private long declaredBytes = -1;
    private Headers trailers = Headers.EMPTY;
    private Ending ending = Ending.COMPLETE;
    private final List<Frame> frames = new ArrayList<>();

    static Answer of(String... frames) {
        Answer answer = new Answer();
        for (String frame : frames) {
            answer.frame(Bytes.utf8(frame));
        }
        return answer;
    }

    Answer frame(Bytes bytes) {
        frames.add(new Frame(20_000 + 10_000L * frames.size(), bytes));
        return this;
    }

    Answer head(int status, String reason, String... headers) {
        head = new ResponseHead(status, reason, Headers.of(headers));
        return this;
    }

    Answer withoutHead() {
        head = null;
        return this;
    }

    Answer framing(Framing newFraming) {
        framing = newFraming;
        return this;
    }

    Answer declaredBytes(long bytes) {
        declaredBytes = bytes;
        return this;
    }

    Answer trailers(String... namesAndValues) {
        trailers = Headers.of(namesAndValues);
        return this;
    }

    Answer ending(Ending newEnding) {
        ending = newEnding;
        return this;
    }

    Response response() {
        long endMicros = 20_000 + 10_000L * frames.size();
        return new Response(
                head, framing, declaredBytes, frames, trailers, TimingSource.RECORDED, 10_000, endMicros, ending);
    }

    Decision.Respond decision() {
        return new Decision.Respond(
                response(), new Origin.Recorded("café 1", "openai-chat-3f9a12c4", MatchTier.CANONICAL));
    }
}
