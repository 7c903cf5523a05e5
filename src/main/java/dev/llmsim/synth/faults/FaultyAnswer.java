package dev.llmsim.synth.faults;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.framing.Framer;
import dev.llmsim.provider.framing.Framers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An answer to which faults were done.
 *
 * <p>First events are dropped, damaged and replaced, each counted in what the ones before left. Then places are found in the
 * body: a frame of a stream is one event, of another answer what leaves together. Splits, drips, stalls and cuts follow.
 *
 * @param faults those that changed something: what a place beyond the end names does not
 */
public record FaultyAnswer(Response response, List<Fault> faults) {
    /** What names the faults of an answer to its reader. */
    public static final String HEADER = "x-llmsim-fault";

    public FaultyAnswer {
        faults = List.copyOf(faults);
    }

    /**
     * {@code answer} with {@code faults}.
     *
     * @param path of the request, for the form of an error event
     */
    public static FaultyAnswer of(Response answer, List<Fault> faults, Dialect dialect, String path) {
        if (faults.isEmpty() || answer.head().isEmpty()) {
            return new FaultyAnswer(answer, List.of());
        }
        List<Fault> ordered =
                faults.stream().sorted(Comparator.comparing(Fault::kind)).toList();
        Making making = new Making(answer, dialect, path);
        making.events(ordered);
        making.bytes(
                ordered.stream().filter(fault -> !fault.unit().equals("event")).toList());
        return making.done.isEmpty()
                ? new FaultyAnswer(answer, List.of())
                : new FaultyAnswer(making.made(), making.done);
    }

    /** One answer while faults are done to it. */
    private static final class Making {
        private final Response answer;
        private final Dialect dialect;
        private final String path;
        private final String contentType;
        private final boolean stream;
        private final List<Fault> done = new ArrayList<>();
        private final long declaredLoss;
        private List<Frame> frames;
        private Headers trailers;
        private long bodyBytes;
        private long endMicros;
        private Ending ending;

        Making(Response answer, Dialect dialect, String path) {
            this.answer = answer;
            this.dialect = dialect;
            this.path = path;
            this.contentType =
                    answer.head().orElseThrow().headers().first("content-type").orElse("");
            this.stream = Framers.isStream(contentType);
            this.frames = stream ? framed(answer.frames(), contentType) : new ArrayList<>(answer.frames());
            this.trailers = answer.trailers();
            this.bodyBytes = answer.bodyBytes();
            this.declaredLoss = Math.max(0, answer.declaredBytes() - bodyBytes);
            this.endMicros = answer.endMicros();
            this.ending = answer.ending();
        }

        private static List<Frame> framed(List<Frame> sent, String contentType) {
            Framer framer = Framers.forContentType(contentType);
            List<Frame> framed = new ArrayList<>();
            for (Frame frame : sent) {
                framed.addAll(framer.feed(frame.bytes(), frame.offsetMicros()));
            }
            framed.addAll(framer.finish());
            return framed;
        }

        void events(List<Fault> ordered) {
            EventFaults events = new EventFaults(ordered, new EventFaults.Form(dialect, path, contentType, stream));
            List<Frame> left = new ArrayList<>();
            for (Frame frame : frames) {
                events.pass(frame.bytes()).forEach(bytes -> left.add(new Frame(frame.offsetMicros(), bytes)));
                if (events.ended()) {
                    trailers = Headers.EMPTY;
                    endMicros = frame.offsetMicros();
                    ending = Ending.COMPLETE;
                    break;
                }
            }
            frames = left;
            done.addAll(events.takeDone());
            bodyBytes = Frame.totalBytes(frames);
        }

        void bytes(List<Fault> faults) {
            List<Frame> events = List.copyOf(frames);
            for (Fault fault : faults) {
                long place = place(fault, events);
                boolean inside = place <= bodyBytes && (fault.kind() != FaultKind.SPLIT || place < bodyBytes);
                if (inside && Frame.totalBytes(frames) >= place) {
                    at(fault, place);
                    done.add(fault);
                }
            }
        }

        /** How many bytes of the body come before {@code fault}; more than there are where that is beyond the end. */
        private static long place(Fault fault, List<Frame> events) {
            if (!fault.unit().equals("frame")) {
                return fault.number();
            }
            return fault.number() > events.size()
                    ? Long.MAX_VALUE
                    : Frame.totalBytes(events.subList(0, (int) fault.number()));
        }

        private void at(Fault fault, long place) {
            switch (fault.kind()) {
                case SPLIT -> frames = Moments.split(frames, place);
                case DRIP -> drip(fault.amount());
                case STALL -> {
                    frames = Moments.stalled(frames, place, fault.amount());
                    endMicros = Math.max(endMicros, answer.headMicros()) + fault.amount();
                }
                case CUT -> cut(place, Ending.UPSTREAM_TRUNCATED);
                case RESET -> cut(place, Ending.UPSTREAM_RESET);
                default -> throw new IllegalStateException("a fault of events came to bytes: " + fault);
            }
        }

        private void drip(long bytesPerSecond) {
            frames = Moments.dripped(frames, answer.headMicros(), bytesPerSecond);
            endMicros = Math.max(endMicros, Moments.last(frames, endMicros));
        }

        private void cut(long place, Ending how) {
            frames = Moments.before(frames, place);
            trailers = Headers.EMPTY;
            endMicros = Moments.last(frames, answer.headMicros());
            ending = how;
        }

        Response made() {
            ResponseHead head = answer.head().orElseThrow();
            String names = done.stream().map(Fault::text).collect(Collectors.joining(", "));
            Headers lines = head.headers().without(HEADER).with(HEADER, names);
            return new Response(
                    new ResponseHead(head.status(), head.reason(), lines),
                    answer.framing(),
                    declared(),
                    frames,
                    trailers,
                    answer.timing(),
                    answer.headMicros(),
                    endMicros,
                    ending);
        }

        /** What is announced: what would have come without a cut. */
        private long declared() {
            return answer.framing() == Framing.LENGTH ? bodyBytes + declaredLoss : answer.declaredBytes();
        }
    }
}
