package dev.llmsim.mode;

import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the recording that answers a request. A hit is equality of content keys: at the upstream's name, then at the origin
 * that the name stands for, then both again among the recordings whose headers are unknown. The exact key is only a short
 * cut to the first of these, which saves reading the body. Thread-safe.
 */
final class Lookup {
    private final Library library;
    private final Matching matching;
    private final Routing routing;

    Lookup(Library library, Matching matching, Routing routing) {
        this.library = library;
        this.matching = matching;
        this.routing = routing;
    }

    /** A recording that answers, and how it was found equal. */
    record Hit(Entry entry, MatchTier tier) {}

    /** The next recording due for {@code question} in its session. */
    Optional<Hit> find(Question question) {
        if (library.size() == 0) {
            return Optional.empty();
        }
        Request raw = question.raw();
        Cursors cursors = question.session().cursors();
        Function<Key, Optional<Entry>> next = key -> library.find(key).map(group -> cursors.next(key, group));
        Optional<Key> exact =
                library.hasExactKeys() ? Optional.of(matching.exactKey().apply(raw)) : Optional.empty();
        return exact.map(key -> library.contentOf(key.at(raw.upstream())))
                .flatMap(next)
                .or(() -> byContent(question.redacted().request(), next))
                .map(entry -> new Hit(entry, tier(entry, exact)));
    }

    /** The newest recording of this very request that is not served, because it would not replay as it was sent. */
    Optional<Entry> flawed(Question question) {
        return byContent(
                question.redacted().request(),
                key -> library.findFlawed(key).map(group -> group.repeats().last()));
    }

    private Optional<Entry> byContent(Request redacted, Function<Key, Optional<Entry>> at) {
        Optional<Entry> known = byContent(redacted, matching.contentKey(), at);
        return known.isEmpty() && library.hasUnknownHeaders()
                ? byContent(redacted, matching.contentKeyWithoutHeaders(), at)
                : known;
    }

    private Optional<Entry> byContent(
            Request redacted, Function<Request, Key> contentKey, Function<Key, Optional<Entry>> at) {
        Key content = contentKey.apply(redacted);
        return at.apply(content.at(redacted.upstream()))
                .or(() -> routing.byOrigin(redacted).flatMap(byOrigin -> {
                    boolean sameTarget = byOrigin.target().equals(redacted.target());
                    Key there = sameTarget ? content : contentKey.apply(byOrigin);
                    return at.apply(there.at(byOrigin.upstream()));
                }));
    }

    private static MatchTier tier(Entry entry, Optional<Key> exact) {
        boolean same = exact.isPresent() && exact.equals(entry.keys().exact());
        return same ? MatchTier.EXACT : MatchTier.CANONICAL;
    }
}
