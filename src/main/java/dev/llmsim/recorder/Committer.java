package dev.llmsim.recorder;

import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.recorder.CommitGroup.Item;
import dev.llmsim.recorder.CommitGroup.Pending;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes groups to the tape, each in one commit or, where that fails, one by one. Lives on the recorder's thread. */
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int MAX_FAILURES_IN_A_ROW = 2;

    private final Tape tape;
    private final Darkroom darkroom;
    private final Reports reports;
    private List<TapeChange> postponed = new ArrayList<>();
    private boolean unwritable;

    Committer(Tape tape, Darkroom darkroom, Reports reports) {
        this.tape = tape;
        this.darkroom = darkroom;
        this.reports = reports;
    }

    /** Writes {@code group}, and before it what was postponed. Returns the recordings that are durable now. */
    List<Pending> commit(CommitGroup group) {
        Item late = new Item(postponed, null);
        List<Item> items = new ArrayList<>();
        if (!postponed.isEmpty()) {
            items.add(late);
        }
        items.addAll(group.items(darkroom::begin));
        List<TapeChange> changes = new ArrayList<>();
        items.forEach(item -> changes.addAll(item.changes()));
        if (changes.isEmpty()) {
            return List.of();
        }
        LlmSimException failure = write(changes);
        List<Item> written = failure == null ? items : commitOneByOne(items, failure);
        if (written.contains(late)) {
            postponed = new ArrayList<>();
        }
        return written.stream()
                .map(Item::pendingOrNull)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Has {@code changes} ride on the next commit. */
    void postpone(List<TapeChange> changes) {
        postponed.addAll(changes);
    }

    /** Writes what was postponed, for when no commit is in sight. */
    void writePostponed() {
        if (!postponed.isEmpty() && write(postponed) == null) {
            postponed = new ArrayList<>();
        }
    }

    /** Why {@code changes} could not be written; absent where they are durable. */
    @Nullable
    LlmSimException write(List<TapeChange> changes) {
        try {
            tape.write(changes);
            if (unwritable) {
                unwritable = false;
                LOG.warn("the tape can be written again");
            }
            return null;
        } catch (LlmSimException e) {
            return e;
        }
    }

    /** Writes what can be written when the group could not: one exchange must not take its neighbours along. */
    private List<Item> commitOneByOne(List<Item> items, LlmSimException first) {
        List<Item> written = new ArrayList<>();
        List<TapeChange> lost = new ArrayList<>();
        LlmSimException failure = first;
        int failuresInARow = items.size() == 1 ? MAX_FAILURES_IN_A_ROW : 0;
        for (Item item : items) {
            LlmSimException now = failuresInARow >= MAX_FAILURES_IN_A_ROW ? failure : write(item.changes());
            if (now == null) {
                failuresInARow = 0;
                written.add(item);
            } else {
                failuresInARow++;
                failure = now;
                lost.addAll(lose(item, now));
            }
        }
        listLost(lost);
        return written;
    }

    /** Counts a recording that could not be written, and returns what would list it as unfinished. */
    private List<TapeChange> lose(Item item, LlmSimException failure) {
        if (!unwritable) {
            unwritable = true;
            LOG.error("an exchange is not kept: {}", failure.getMessage());
        }
        Pending pending = item.pendingOrNull();
        if (pending == null) {
            return List.of();
        }
        darkroom.succession().leave(pending);
        reports.givenUp(pending.seal().recording().id() + ": " + failure.getMessage());
        return darkroom.unfinished(pending.seal(), String.valueOf(failure.getMessage()));
    }

    /** There may be room for these small rows although there was none for what they stand for; if not, they are only counted. */
    private void listLost(List<TapeChange> lost) {
        if (!lost.isEmpty() && write(lost) != null) {
            LOG.debug("{} lost exchanges are not on the tape, not even as unfinished", lost.size() / 3);
        }
    }
}
