package dev.llmsim.synth.faults;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.Dialect;
import java.util.ArrayList;
import java.util.List;

/** Drops, damages and replaces the events of one body as they pass; each fault counts what the ones before it left. */
final class EventFaults {
    private final List<Counting> counting = new ArrayList<>();
    private final List<Fault> done = new ArrayList<>();
    private final ErrorEvent error;
    private boolean mayFail;
    private boolean ended;

    /**
     * What an error event looks like.
     *
     * @param path of the request
     * @param isStream whether the body is one of events; only such a body can have an error event
     */
    record Form(Dialect dialect, String path, String contentType, boolean isStream) {}

    /** Those of {@code ordered} whose place is an event. */
    EventFaults(List<Fault> ordered, Form form) {
        this.error = new ErrorEvent(form);
        for (Fault fault : ordered) {
            boolean possible = fault.kind() != FaultKind.ERROR || form.isStream();
            if (fault.unit().equals("event") && possible) {
                counting.add(new Counting(fault));
                mayFail |= fault.kind() == FaultKind.ERROR;
            }
        }
    }

    /** Whether one of them may make the body shorter or longer. */
    boolean changesLength() {
        return counting.stream().anyMatch(one -> one.fault.kind() != FaultKind.CORRUPT);
    }

    /** Whether one of them is still to come. */
    boolean waits() {
        return !ended && counting.stream().anyMatch(one -> one.seen < one.fault.number());
    }

    /** What goes on in place of {@code event}: nothing, one event, or those of an error. */
    List<Bytes> pass(Bytes event) {
        Bytes left = event;
        for (Counting one : counting) {
            if (++one.seen != one.fault.number()) {
                continue;
            }
            done.add(one.fault);
            if (one.fault.kind() == FaultKind.DROP) {
                return List.of();
            }
            if (one.fault.kind() == FaultKind.ERROR) {
                ended = true;
                return error.events();
            }
            left = Damage.to(left);
        }
        if (mayFail) {
            error.after(event);
        }
        return List.of(left);
    }

    /** Whether the event that passed last was an error, which ends the stream. */
    boolean ended() {
        return ended;
    }

    /** Those that took place since this was asked last. */
    List<Fault> takeDone() {
        List<Fault> taken = List.copyOf(done);
        done.clear();
        return taken;
    }

    /** One fault, and how many events have come to it. */
    private static final class Counting {
        private final Fault fault;
        private long seen;

        Counting(Fault fault) {
            this.fault = fault;
        }
    }
}
