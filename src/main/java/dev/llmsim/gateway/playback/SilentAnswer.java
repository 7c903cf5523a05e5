package dev.llmsim.gateway.playback;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Response;
import java.util.List;

/** The place of our own answer in a recording of an upstream that stayed silent. */
final class SilentAnswer {
    private SilentAnswer() {}

    static boolean fits(Response recorded) {
        return recorded.ending() == Ending.TIMEOUT && recorded.head().isEmpty();
    }

    /** {@code ours}, all of it due when {@code recorded} ended. */
    static Response at(Response recorded, Response ours) {
        long endMicros = recorded.endMicros();
        List<Frame> frames = ours.frames().stream()
                .map(frame -> new Frame(endMicros, frame.bytes()))
                .toList();
        return new Response(
                ours.headOrNull(),
                ours.framing(),
                ours.declaredBytes(),
                frames,
                ours.trailers(),
                recorded.timing(),
                endMicros,
                endMicros,
                ours.ending());
    }
}
