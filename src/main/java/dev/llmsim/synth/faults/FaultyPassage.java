package dev.llmsim.synth.faults;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.framing.Framer;
import dev.llmsim.provider.framing.Framers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Faults on an answer that is not known as a whole: it is told what arrives and says what leaves. Each byte leaves with the
 * read that brought it, but for a frame that is not whole while a fault still counts frames. Same faults, same order and
 * same places as on an answer that is ({@link FaultyAnswer}). Not thread-safe: one for each answer.
 */
public final class FaultyPassage {
    /** What a frame holds at most before it is cut at reads: no stream of an API has longer events. */
    private static final int MOST_HELD_BYTES = 16 * 1024 * 1024;

    private final EventFaults events;
    private final PlaceFaults places;
    private Framer framer;
    private boolean framing = true;
    private long heldBytes;
    private boolean ended;

    /**
     * The answer.
     *
     * @param path of the request, for the form of an error event
     * @param isCoded whether the body has a content coding: what one read brings is a frame of it then
     */
    public record Answer(Dialect dialect, String path, String contentType, boolean isCoded) {
        private boolean isStream() {
            return !isCoded && Framers.isStream(contentType);
        }
    }

    public FaultyPassage(List<Fault> faults, Answer answer) {
        List<Fault> ordered =
                faults.stream().sorted(Comparator.comparing(Fault::kind)).toList();
        this.events = new EventFaults(
                ordered,
                new EventFaults.Form(answer.dialect(), answer.path(), answer.contentType(), answer.isStream()));
        this.places = new PlaceFaults(ordered);
        this.framer = Framers.forContentType(answer.isStream() ? answer.contentType() : "");
    }

    /** Whether the body may become shorter or longer than upstream announces it, and is no broken one. */
    public boolean changesLength() {
        return events.changesLength();
    }

    /** What follows the head at once. */
    public List<FaultStep> begin() {
        List<FaultStep> steps = new ArrayList<>();
        places.begin(steps);
        ended = places.ended();
        return steps;
    }

    /** What leaves now that {@code read} has come. */
    public List<FaultStep> read(Bytes read) {
        List<FaultStep> steps = new ArrayList<>();
        if (ended || read.isEmpty()) {
            return steps;
        }
        if (framing) {
            heldBytes += read.length();
            pass(framer.feed(read, 0), steps);
            unframe(steps);
        } else {
            places.passBytes(read, steps);
            ended = places.ended();
        }
        return steps;
    }

    /** What leaves now that nothing more will come. */
    public List<FaultStep> end() {
        List<FaultStep> steps = new ArrayList<>();
        if (!ended && framing) {
            pass(framer.finish(), steps);
        }
        if (!ended) {
            places.finish(steps);
        }
        ended = true;
        return steps;
    }

    private void pass(List<Frame> frames, List<FaultStep> steps) {
        for (Frame frame : frames) {
            heldBytes -= frame.bytes().length();
            if (!ended) {
                pass(frame.bytes(), steps);
            }
        }
    }

    private void pass(Bytes frame, List<FaultStep> steps) {
        List<Bytes> left = events.pass(frame);
        List<Fault> done = events.takeDone();
        done.forEach(fault -> steps.add(new FaultStep.Note(fault)));
        for (Bytes event : left) {
            if (!places.ended()) {
                places.pass(event, steps);
            }
        }
        if (events.ended() && !places.ended()) {
            places.finish(steps);
            steps.add(new FaultStep.End(Ending.COMPLETE));
        }
        ended = events.ended() || places.ended();
    }

    /** Lets go of what is held of a frame, where it matters no more or is too much. */
    private void unframe(List<FaultStep> steps) {
        if (ended) {
            return;
        }
        if (!events.waits() && !places.waitsForFrames()) {
            framing = false;
            for (Frame rest : framer.finish()) {
                places.passBytes(rest.bytes(), steps);
            }
            ended = places.ended();
        } else if (heldBytes > MOST_HELD_BYTES) {
            pass(framer.finish(), steps);
            framer = Framers.forContentType("");
        }
    }
}
