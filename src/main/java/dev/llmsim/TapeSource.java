package dev.llmsim;

import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.mode.Entry;
import dev.llmsim.mode.EntryKeys;
import dev.llmsim.mode.Outcome;
import dev.llmsim.mode.RecordingCache;
import dev.llmsim.mode.RecordingSource;
import dev.llmsim.provider.Upstream;
import dev.llmsim.store.Keys;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The recordings of a tape: what finds them is read at once, they themselves when they are asked for. */
final class TapeSource implements RecordingSource {
    private static final long CACHE_BYTES =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final Tape tape;
    private final Assembly assembly;
    private final @Nullable String cassetteOrNull;
    private final RecordingCache cache;

    /** @param cassetteOrNull the only cassette to look at; all of them, by name, where absent */
    TapeSource(Tape tape, Assembly assembly, @Nullable String cassetteOrNull, Executor executor) {
        this.tape = tape;
        this.assembly = assembly;
        this.cassetteOrNull = cassetteOrNull;
        this.cache = new RecordingCache(CACHE_BYTES, tape::load, executor);
    }

    @Override
    public List<Entry> entries() {
        List<TapeEntry> found = new ArrayList<>(cassetteOrNull == null ? tape.entries() : tape.entries(cassetteOrNull));
        found.sort(Comparator.comparing(TapeEntry::cassette).thenComparing(TapeEntry::row));
        return found.stream().map(this::entry).toList();
    }

    Entry entry(TapeEntry entry) {
        String path = entry.target().split("\\?", 2)[0];
        return new Entry(
                entry.cassette(),
                entry.id(),
                entry.method() + " " + path,
                keys(entry),
                new Outcome(entry.flawOrNull(), entry.status(), entry.ending()),
                () -> cache.load(entry.row()));
    }

    private EntryKeys keys(TapeEntry entry) {
        Keys keys = assembly.isCurrent(entry.keys()) ? entry.keys() : rekeyed(entry);
        Key content = keys.content();
        return new EntryKeys(
                entry.upstream(),
                content.at(entry.upstream()),
                atOrigin(entry, content),
                keys.exact().orElse(null),
                entry.headersKnown());
    }

    /** The keys of what another version of the normaliser had keyed. */
    private Keys rekeyed(TapeEntry entry) {
        Recording recording = tape.load(entry.row());
        return assembly.keys(recording);
    }

    /**
     * The key by origin. Where the upstream's base has a path, a request by origin has another target, so its content key is
     * another, too, and is computed from the request itself.
     */
    private @Nullable Key atOrigin(TapeEntry entry, Key content) {
        Upstream upstream = assembly.upstreams().byName(entry.upstream()).orElse(null);
        if (upstream == null || upstream.base().isEmpty()) {
            return null;
        }
        boolean sameTarget = upstream.base().get().getRawPath().isEmpty();
        return sameTarget
                ? upstream.origin().map(content::at).orElse(null)
                : assembly.keyAtOrigin(upstream, tape.load(entry.row()).request());
    }
}
