package dev.llmsim.timing;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One answer with the moments at which its parts are due, in nanoseconds after the end of the request. The moments never
 * decrease in the order head, frames, end, whatever the offsets of the answer say.
 */
public final class Schedule {
    private final Response response;
    private final Optional<ResponseHead> head;
    private final long headDueNanos;
    private final long[] frameDueNanos;
    private final long endDueNanos;

    private Schedule(Response response, Pace pace) {
        this.response = response;
        this.head = response.head()
                .map(kept -> new ResponseHead(kept.status(), kept.reason(), RetryAfter.at(pace, kept.headers())));
        this.headDueNanos = head.isPresent() ? pace.dueNanos(response.headMicros()) : 0;
        this.frameDueNanos = new long[response.frames().size()];
        long latest = headDueNanos;
        for (int i = 0; i < frameDueNanos.length; i++) {
            latest = Math.max(latest, pace.dueNanos(response.frames().get(i).offsetMicros()));
            frameDueNanos[i] = latest;
        }
        this.endDueNanos = Math.max(latest, pace.dueNanos(response.endMicros()));
    }

    /** {@code response} at {@code pace}. */
    public static Schedule of(Response response, Pace pace) {
        return new Schedule(response, pace);
    }

    public Response response() {
        return response;
    }

    /** The answer as it is at this pace: at {@code recorded} it has this schedule. */
    public Response paced() {
        List<Frame> frames = new ArrayList<>(frameDueNanos.length);
        for (int i = 0; i < frameDueNanos.length; i++) {
            long dueMicros = TimeUnit.NANOSECONDS.toMicros(frameDueNanos[i]);
            frames.add(new Frame(dueMicros, response.frames().get(i).bytes()));
        }
        return new Response(
                head.orElse(null),
                response.framing(),
                response.declaredBytes(),
                frames,
                response.trailers(),
                response.timing(),
                TimeUnit.NANOSECONDS.toMicros(headDueNanos),
                TimeUnit.NANOSECONDS.toMicros(endDueNanos),
                response.ending());
    }

    /** Status line and headers; the waits in them ({@code retry-after}) are as long as they are at this pace. */
    public Optional<ResponseHead> head() {
        return head;
    }

    public long headDueNanos() {
        return headDueNanos;
    }

    public List<Frame> frames() {
        return response.frames();
    }

    public int frameCount() {
        return frameDueNanos.length;
    }

    public long frameDueNanos(int frame) {
        return frameDueNanos[frame];
    }

    public long endDueNanos() {
        return endDueNanos;
    }

    public Ending ending() {
        return response.ending();
    }
}
