package dev.llmsim.recorder;

import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.recorder.CommitGroup.Pending;
import dev.llmsim.store.TapeChange;
import dev.llmsim.store.TapeEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves durable recordings, flags those that would not replay, and has earlier ones give way to the others. Lives on the recorder's thread. */
final class Proving {
    private static final Logger LOG = LoggerFactory.getLogger(Proving.class);

    private final Darkroom darkroom;
    private final Committer committer;
    private final Budget budget;
    private final Reports reports;
    private final ProofQueue unproved = new ProofQueue();
    private final List<Pending> proved = new ArrayList<>();

    Proving(Darkroom darkroom, Committer committer, Budget budget, Reports reports) {
        this.darkroom = darkroom;
        this.committer = committer;
        this.budget = budget;
        this.reports = reports;
    }

    /** {@code durable} waits for its proof from now on. */
    void await(Pending durable) {
        unproved.add(durable);
    }

    boolean isDone() {
        return unproved.isEmpty();
    }

    /** Whether so many wait that they should be proved before the next commit. */
    boolean isBehind() {
        return unproved.isFull();
    }

    /** Proves while {@code condition} holds, and settles. */
    void proveWhile(BooleanSupplier condition) {
        while (condition.getAsBoolean()) {
            proveSome();
            settle();
        }
    }

    /** Proves the next few. */
    void proveSome() {
        List<Pending> slice = unproved.takeSlice();
        Set<Pending> flawed = Collections.newSetFromMap(new IdentityHashMap<>());
        darkroom.prove(slice, (pending, flaw) -> {
            flawed.add(pending);
            flag(pending, flaw);
        });
        for (Pending pending : slice) {
            budget.release(pending.ended().heldBytes());
            if (!flawed.contains(pending)) {
                proved.add(pending);
                reports.proved(TapeEntry.of(pending.seal()));
            }
        }
    }

    private void flag(Pending pending, String flaw) {
        String id = darkroom.succession().flawed(pending);
        committer.write(List.of(new TapeChange.Flaw(pending.seal().row(), flaw)));
        reports.flawed(TapeEntry.of(pending.seal()).withId(id), flaw);
    }

    /** Decides what gives way to the proved. Never while a group is gathered: what has entered has to be on the tape. */
    void settle() {
        for (Pending pending : proved) {
            try {
                committer.postpone(darkroom.succession().proved(pending));
            } catch (LlmSimException e) {
                LOG.warn(
                        "earlier recordings stay beside {}: {}",
                        pending.seal().recording().id(),
                        e.getMessage());
            }
        }
        proved.clear();
    }
}
