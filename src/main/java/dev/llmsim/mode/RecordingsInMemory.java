package dev.llmsim.mode;

import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One cassette whose recordings are all in memory. Their requests are redacted and decoded already, so none has an exact key. */
public final class RecordingsInMemory implements RecordingSource {
    private final String cassette;
    private final List<Recording> recordings;
    private final Matching matching;
    private final Routing routing;

    /** @param recordings in the order of the cassette */
    public RecordingsInMemory(String cassette, List<Recording> recordings, Matching matching, Routing routing) {
        this.cassette = cassette;
        this.recordings = List.copyOf(recordings);
        this.matching = matching;
        this.routing = routing;
    }

    @Override
    public List<Entry> entries() {
        return recordings.stream().map(this::entry).toList();
    }

    private Entry entry(Recording recording) {
        Request request = recording.request();
        Key atUpstream = contentKey(request).at(request.upstream());
        Key atOrigin = routing.byOrigin(request)
                .map(byOrigin -> contentKey(byOrigin).at(byOrigin.upstream()))
                .orElse(null);
        EntryKeys keys = new EntryKeys(
                request.upstream(),
                atUpstream,
                atOrigin,
                null,
                request.headers().isKnown());
        CompletableFuture<Recording> loaded = CompletableFuture.completedFuture(recording);
        String methodAndPath = request.method() + " " + request.path();
        return new Entry(cassette, recording.id(), methodAndPath, keys, Outcome.of(recording), () -> loaded);
    }

    private Key contentKey(Request request) {
        return request.headers().isKnown()
                ? matching.contentKey().apply(request)
                : matching.contentKeyWithoutHeaders().apply(request);
    }
}
