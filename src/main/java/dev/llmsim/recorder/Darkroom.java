package dev.llmsim.recorder;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes recordings of ended exchanges, and proves them once they are durable. Not thread-safe. */
final class Darkroom {
    private static final int MAX_METHOD_CHARS = 100;

    private final Tape tape;
    private final RecorderSettings settings;
    private final RecorderSteps steps;
    private final Succession succession;
    private final long firstRow;

    /** @param firstRow the least row of this run */
    Darkroom(Tape tape, RecorderSettings settings, RecorderSteps steps, long firstRow) {
        this.tape = tape;
        this.settings = settings;
        this.steps = steps;
        this.firstRow = firstRow;
        this.succession = new Succession(tape, settings.cassette(), firstRow);
    }

    /** The row of an exchange that has begun. */
    TapeChange.Begin begin(Job.Begun job) {
        String path;
        try {
            path = steps.redactHead().apply(job.head()).path();
        } catch (RuntimeException e) {
            path = "/";
        }
        Request head = job.head();
        return new TapeChange.Begin(
                job.row(), settings.cassette(), head.upstream(), head.method(), path, job.atMillis());
    }

    /** The recording of an exchange that has ended; absent where the rule does not keep it. */
    Optional<CommitGroup.Pending> develop(Job.Ended job) {
        RawExchange raw = job.take().develop();
        Draft draft = steps.develop().apply(raw);
        if (!settings.rule().keeps(draft.response())) {
            return Optional.empty();
        }
        Labels labels = steps.label().apply(draft, raw);
        String id = succession.enter(job.row(), draft.request().upstream(), labels);
        TapeChange.Seal seal = new TapeChange.Seal(job.row(), settings.cassette(), draft.withId(id), labels.keys());
        boolean mayReplace = settings.rule().replacesBy(draft.response());
        return Optional.of(new CommitGroup.Pending(seal, raw, labels.idStem(), mayReplace, job));
    }

    /** Which recordings give way to which. */
    Succession succession() {
        return succession;
    }

    /** What makes a recording that could not be written an unfinished exchange. */
    List<TapeChange> unfinished(TapeChange.Seal lost, String reason) {
        Request request = lost.recording().request();
        return List.of(
                new TapeChange.Delete(lost.row()),
                new TapeChange.Begin(
                        lost.row(),
                        lost.cassette(),
                        request.upstream(),
                        abridged(request.method()),
                        request.path(),
                        System.currentTimeMillis()),
                new TapeChange.Abandon(lost.row(), reason));
    }

    private static String abridged(String method) {
        return method.length() <= MAX_METHOD_CHARS ? method : method.substring(0, MAX_METHOD_CHARS);
    }

    /** Tells {@code flawed} of each of {@code durable} why, read back from the tape, it would not replay. */
    void prove(List<CommitGroup.Pending> durable, BiConsumer<CommitGroup.Pending, String> flawed) {
        Map<Long, Recording> onTape = readBack(durable);
        for (CommitGroup.Pending pending : durable) {
            prove(pending, onTape.get(pending.seal().row())).ifPresent(flaw -> flawed.accept(pending, flaw));
        }
    }

    private Map<Long, Recording> readBack(List<CommitGroup.Pending> durable) {
        try {
            return tape.load(durable.stream().map(one -> one.seal().row()).toList());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // One of them cannot be read: each then is read alone, so that the others have their proof.
            return Map.of();
        }
    }

    private Optional<String> prove(CommitGroup.Pending pending, @Nullable Recording onTapeOrNull) {
        try {
            Recording onTape = onTapeOrNull == null ? tape.load(pending.seal().row()) : onTapeOrNull;
            return steps.proof().prove(onTape, pending.raw());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return Optional.of("its proof failed: " + reason(e));
        }
    }

    /** What is to be renamed at the end of this run. */
    List<TapeChange> renames() {
        return IdOrder.renames(tape.entries(settings.cassette()).stream()
                .filter(entry -> entry.row() >= firstRow)
                .toList());
    }

    /** What may be said of a failure: messages of others' exceptions may quote what was recorded, secrets included. */
    static String reason(Throwable thrown) {
        if (thrown instanceof LlmSimException known && known.code() != ErrorCode.INTERNAL) {
            return String.valueOf(known.getMessage());
        }
        StackTraceElement[] stack = thrown.getStackTrace();
        return thrown.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
