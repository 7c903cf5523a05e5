package dev.llmsim;

import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.match.NearMiss;
import dev.llmsim.match.Normaliser;
import dev.llmsim.mode.Entry;
import dev.llmsim.mode.Library;
import dev.llmsim.mode.MissExplainer;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Explains a miss by the recording that comes nearest, looked for among the newest ones, one in memory at a time. */
final class NearestRecording implements MissExplainer {
    /** Enough to hold a whole agent conversation; each is loaded and compared. */
    private static final int MAX_CANDIDATES = 200;

    /** How much is read for one miss: fifty requests of an agent that has come far. */
    private static final long MAX_BYTES = 16L << 20;

    private final Executor executor;

    NearestRecording(Executor executor) {
        this.executor = executor;
    }

    @Override
    public CompletionStage<String> explain(Request redacted, Library library) {
        Iterator<Entry> entries = library.nearest(redacted.method() + " " + redacted.path())
                .limit(MAX_CANDIDATES)
                .iterator();
        return CompletableFuture.supplyAsync(() -> new Looking(redacted, entries), executor)
                .thenCompose(Looking::next)
                .thenApply(looking -> looking.told(library.size()));
    }

    /** One search under way. Its steps follow each other, on the executor. */
    private final class Looking {
        private final NearMiss.Search search;
        private final Iterator<Entry> entries;
        private long bytes;
        private int compared;

        Looking(Request redacted, Iterator<Entry> entries) {
            this.search = new NearMiss.Search(Normaliser.canonical(redacted));
            this.entries = entries;
        }

        CompletionStage<Looking> next() {
            if (bytes >= MAX_BYTES || !entries.hasNext()) {
                return CompletableFuture.completedFuture(this);
            }
            Entry entry = entries.next();
            return entry.load()
                    .thenComposeAsync(
                            recording -> {
                                consider(entry, recording);
                                return next();
                            },
                            executor);
        }

        private void consider(Entry entry, Recording recording) {
            bytes += recording.request().body().length();
            compared++;
            search.consider(new NearMiss.Candidate(
                    entry.cassette() + "/" + recording.id(), Normaliser.canonical(recording.request())));
        }

        String told(int recordings) {
            String among = compared < recordings
                    ? "Looked at the " + compared + " newest of " + recordings + " recordings. "
                    : "";
            return search.nearest()
                    .map(nearest -> among + nearest.render())
                    .orElse("There is no recording at all. Record it: llmsim record, or llmsim auto.");
        }
    }
}
