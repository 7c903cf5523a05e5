package dev.llmsim;

import dev.llmsim.exchange.Request;
import dev.llmsim.match.NearMiss;
import dev.llmsim.match.Normaliser;
import dev.llmsim.mode.Entry;
import dev.llmsim.mode.Library;
import dev.llmsim.mode.MissExplainer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Explains a miss by the recording that comes nearest, looked for among a bounded number of them. */
final class NearestRecording implements MissExplainer {
    /** Enough to hold a whole agent conversation; each is loaded and compared. */
    private static final int MAX_CANDIDATES = 200;

    private final Executor executor;

    NearestRecording(Executor executor) {
        this.executor = executor;
    }

    @Override
    public CompletionStage<String> explain(Request redacted, Library library) {
        List<Entry> entries = library.nearest(redacted.method() + " " + redacted.path())
                .limit(MAX_CANDIDATES)
                .toList();
        List<CompletableFuture<NearMiss.Candidate>> candidates =
                entries.stream().map(this::candidate).toList();
        return CompletableFuture.allOf(candidates.toArray(CompletableFuture[]::new))
                .thenApplyAsync(loaded -> explain(redacted, candidates), executor);
    }

    private CompletableFuture<NearMiss.Candidate> candidate(Entry entry) {
        return entry.load()
                .thenApplyAsync(
                        recording -> new NearMiss.Candidate(
                                entry.cassette() + "/" + recording.id(), Normaliser.canonical(recording.request())),
                        executor)
                .toCompletableFuture();
    }

    private static String explain(Request redacted, List<CompletableFuture<NearMiss.Candidate>> candidates) {
        List<NearMiss.Candidate> loaded =
                candidates.stream().map(CompletableFuture::join).toList();
        return NearMiss.find(Normaliser.canonical(redacted), loaded)
                .map(NearMiss::render)
                .orElse("There is no recording at all. Record it: llmsim record, or llmsim auto.");
    }
}
