package dev.llmsim.mode;

import static dev.llmsim.mode.Fixtures.answer;
import static dev.llmsim.mode.Fixtures.cassette;
import static dev.llmsim.mode.Fixtures.recording;
import static dev.llmsim.mode.Fixtures.request;
import static dev.llmsim.mode.Fixtures.taped;
import static dev.llmsim.mode.Fixtures.withHeaders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookupTest {
    private final Session session = new Sessions(1).usual();

    private static final Headers BETA = Headers.of("anthropic-beta", "files");

    @Test
    void findsByContentAndSaysHow() {
        Lookup lookup = over(Mode.REPLAY, cassette("c", recording("r", request("openai", "hello"))));

        assertThat(find(lookup, request("openai", "HEL LO"))).isEqualTo("c/r canonical");
        assertThat(find(lookup, request("openai", "bye"))).isEqualTo("miss");
        assertThat(find(lookup, request("later", "hello"))).isEqualTo("miss");
    }

    @Test
    void theSameBytesAreExactAndOnlyThose() {
        Library library = Library.of(Mode.REPLAY, List.of());
        Request raw = request("openai", "Hello");
        library.add(taped("tape", recording("r", request("openai", "hello")), raw));
        Lookup lookup = lookup(library);

        assertThat(find(lookup, raw)).isEqualTo("tape/r exact");
        assertThat(find(lookup, request("openai", "hello"))).isEqualTo("tape/r canonical");
    }

    @Test
    void theTierIsThatOfTheRecordingServedNotOfItsGroup() {
        Library library = Library.of(Mode.REPLAY, List.of());
        library.add(taped("tape", recording("r1", request("openai", "hello")), request("openai", "Hello")));
        library.add(taped("tape", recording("r2", request("openai", "hello")), request("openai", "hel lo")));
        Lookup lookup = lookup(library);

        assertThat(find(lookup, request("openai", "hel lo"))).isEqualTo("tape/r1 canonical");
        assertThat(find(lookup, request("openai", "hel lo"))).isEqualTo("tape/r2 exact");
    }

    @Test
    void anExactKeyDoesNotJumpOverTheCassetteThatAnswersFirst() {
        Library library =
                Library.of(Mode.REPLAY, List.of(cassette("file", recording("f", request("openai", "hello")))));
        library.add(taped("tape", recording("t", request("openai", "hello")), request("openai", "Hello")));

        assertThat(find(lookup(library), request("openai", "Hello"))).isEqualTo("file/f canonical");
    }

    @Test
    void theFirstCassetteThatHoldsTheKeyAnswersAlone() {
        Request asked = request("openai", "hello");
        Lookup lookup = over(
                Mode.REPLAY,
                cassette("b", recording("other", request("openai", "other"))),
                cassette("c", recording("c1", asked), recording("c2", asked)),
                cassette("a", recording("a1", asked)));

        assertThat(find(lookup, asked)).isEqualTo("c/c1 canonical");
        assertThat(find(lookup, asked)).isEqualTo("c/c2 canonical");
        assertThat(find(lookup, asked)).isEqualTo("c/c2 canonical");
    }

    @Test
    void cassettesOfOneNameFromTwoSourcesAreTwo() {
        Request asked = request("openai", "hello");
        Lookup lookup =
                over(Mode.REPLAY, cassette("c", recording("one", asked)), cassette("c", recording("two", asked)));

        assertThat(find(lookup, asked)).isEqualTo("c/one canonical");
        assertThat(find(lookup, asked)).isEqualTo("c/one canonical");
    }

    @Test
    void repeatsPlayInOrderAndThenTheLastForEver() {
        Request asked = request("openai", "hello");
        Lookup lookup =
                over(Mode.REPLAY, cassette("c", recording("1", asked), recording("2", asked), recording("3", asked)));

        assertThat(IntStream.range(0, 6).mapToObj(i -> find(lookup, asked)))
                .containsExactly(
                        "c/1 canonical",
                        "c/2 canonical",
                        "c/3 canonical",
                        "c/3 canonical",
                        "c/3 canonical",
                        "c/3 canonical");
    }

    @Test
    void anImportedOriginMatchesUnderTheNameThatIsGivenToItLater() {
        Lookup lookup = over(Mode.REPLAY, cassette("c", recording("r", request("https://api.example.com", "hello"))));

        assertThat(find(lookup, request("later", "hello"))).isEqualTo("c/r canonical");
        assertThat(find(lookup, request("openai", "hello"))).isEqualTo("miss");
    }

    @Test
    void thePathOfABaseIsPartOfTheTargetOfAnImportedOrigin() {
        Request imported = new Request(
                "https://gw.example.com", "POST", "/llm" + Fixtures.CHAT, Headers.EMPTY, Bytes.utf8("hello"));
        Lookup lookup = over(Mode.REPLAY, cassette("c", recording("r", imported)));

        assertThat(find(lookup, request("corp", "hello"))).isEqualTo("c/r canonical");
    }

    @Test
    void aNameIsTriedBeforeItsOriginAndARecordedNameIsKnownByItsOriginToo() {
        Request byName = request("later", "hello");
        Request byOrigin = request("https://api.example.com", "hello");
        Lookup lookup = over(
                Mode.REPLAY, cassette("first", recording("o", byOrigin)), cassette("second", recording("n", byName)));

        assertThat(find(lookup, byName)).isEqualTo("second/n canonical");

        Lookup renamed = over(Mode.REPLAY, cassette("c", recording("n", byName)));
        assertThat(find(renamed, byOrigin)).isEqualTo("c/n canonical");
    }

    @Test
    void unknownHeadersAreTriedSecondAndMatchAnyHeaders() {
        Request bare = request("openai", "hello");
        Lookup lookup = over(
                Mode.REPLAY,
                cassette("imported", recording("u", withHeaders(bare, Headers.UNKNOWN))),
                cassette("known", recording("k", withHeaders(bare, BETA))));

        assertThat(find(lookup, withHeaders(bare, BETA))).isEqualTo("known/k canonical");
        assertThat(find(lookup, bare)).isEqualTo("imported/u canonical");
        assertThat(find(lookup, withHeaders(bare, Headers.of("anthropic-beta", "other"))))
                .isEqualTo("imported/u canonical");
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void autoHitsOnlyWholeAnswersBelow400AndReplayHitsAll(Ending ending) {
        Request asked = request("openai", "hello");
        RecordingSource good = cassette("c", recording("r", asked, answer(200, ending, "x")));
        RecordingSource bad = cassette("c", recording("r", asked, answer(429, ending, "x")));

        assertThat(find(over(Mode.AUTO, good), asked)).isEqualTo(ending == Ending.COMPLETE ? "c/r canonical" : "miss");
        assertThat(find(over(Mode.AUTO, bad), asked)).isEqualTo("miss");
        assertThat(find(over(Mode.REPLAY, good), asked)).isEqualTo("c/r canonical");
        assertThat(find(over(Mode.REPLAY, bad), asked)).isEqualTo("c/r canonical");
    }

    @Test
    void aFlawedRecordingIsNoHitAndLetsTheNextCassetteAnswer() {
        Request asked = request("openai", "hello");
        Library library = Library.of(Mode.REPLAY, List.of());
        Entry sound = taped("a", recording("r", asked), asked);
        library.add(new Entry(
                "a",
                "flawed",
                sound.methodAndPath(),
                sound.keys(),
                new Outcome("the body differs", 200, Ending.COMPLETE),
                sound.loader()));
        library.add(taped("b", recording("r", asked), asked));

        assertThat(library.size()).isOne();
        assertThat(find(lookup(library), asked)).isEqualTo("b/r exact");
    }

    @Test
    void whatIsAddedWhileServingIsServed() {
        Library library = Library.of(Mode.AUTO, List.of(cassette("c", recording("1", request("openai", "one")))));
        Lookup lookup = lookup(library);
        Request asked = request("openai", "two");
        assertThat(find(lookup, asked)).isEqualTo("miss");

        library.add(taped("c", recording("2", asked), asked));
        assertThat(find(lookup, asked)).isEqualTo("c/2 exact");
    }

    @Test
    void aHundredThousandRecordingsTakeAsManyMapAccessesAsOne() {
        assertThat(accessesForHitAndMiss(100_000))
                .isEqualTo(accessesForHitAndMiss(1))
                .allSatisfy(accesses -> assertThat(accesses).isBetween(1, 5));
    }

    private List<Integer> accessesForHitAndMiss(int recordings) {
        CountingMap<Group> byContent = new CountingMap<>();
        CountingMap<Key> byExact = new CountingMap<>();
        Library library = new Library(Mode.REPLAY, new RecordingIndex(byContent, byExact));
        for (int i = 0; i < recordings; i++) {
            Request raw = request("openai", "Hello " + i);
            library.add(taped("tape", recording("r" + i, raw), raw));
        }
        Lookup lookup = lookup(library);
        List<Integer> accesses = new ArrayList<>();
        for (String body : List.of("Hello " + (recordings - 1), "hello" + (recordings - 1), "never recorded")) {
            int before = byContent.gets.get() + byExact.gets.get();
            String found = find(lookup, request("openai", body));
            assertThat(found.startsWith("tape/r" + (recordings - 1))).isEqualTo(!body.startsWith("never"));
            accesses.add(byContent.gets.get() + byExact.gets.get() - before);
        }
        return accesses;
    }

    @Test
    void sixtyFourThreadsGetEachRepeatOnceAndInOrder() throws Exception {
        int threads = 64;
        int repeats = 1_000;
        int asks = 50;
        Request asked = request("openai", "hello");
        Lookup lookup = over(
                Mode.REPLAY,
                cassette(
                        "c",
                        IntStream.range(0, repeats)
                                .mapToObj(i -> recording("r" + i, asked))
                                .toArray(Recording[]::new)));
        Map<String, Integer> times = new HashMap<>();
        for (List<String> seen : together(
                threads,
                () -> IntStream.range(0, asks)
                        .mapToObj(i -> lookup.find(new Question(asked, new Redactor(), session))
                                .orElseThrow()
                                .entry()
                                .id())
                        .toList())) {
            List<Integer> numbers =
                    seen.stream().map(id -> Integer.parseInt(id.substring(1))).toList();
            assertThat(numbers).isSorted();
            seen.forEach(id -> times.merge(id, 1, Integer::sum));
        }
        assertThat(times).hasSize(repeats);
        assertThat(times.remove("r" + (repeats - 1))).isEqualTo(threads * asks - (repeats - 1));
        assertThat(times.values()).containsOnly(1);
    }

    @Test
    void sixtyFourSessionsGetAllRepeatsInOrderEach() throws Exception {
        int repeats = 50;
        Request asked = request("openai", "hello");
        Recording[] recordings = IntStream.range(0, repeats)
                .mapToObj(i -> recording("r" + i, asked))
                .toArray(Recording[]::new);
        Lookup lookup = over(Mode.REPLAY, cassette("c", recordings));
        Sessions sessions = new Sessions(1);
        AtomicInteger nextThread = new AtomicInteger();
        List<String> inOrder = IntStream.range(0, repeats + 1)
                .mapToObj(i -> "r" + Math.min(i, repeats - 1))
                .toList();

        List<List<String>> seen = together(64, () -> {
            Session own = sessions.at("t" + nextThread.getAndIncrement());
            return IntStream.range(0, repeats + 1)
                    .mapToObj(i -> lookup.find(new Question(asked, new Redactor(), own))
                            .orElseThrow()
                            .entry()
                            .id())
                    .toList();
        });

        assertThat(seen).hasSize(64).containsOnly(inOrder);
        assertThat(sessions.count()).isEqualTo(65);
    }

    @Test
    void whileManyAddNothingIsLostOrServedTwice() throws Exception {
        int threads = 64;
        int each = 200;
        Request asked = request("openai", "hello");
        Library library = Library.of(Mode.REPLAY, List.of());
        Lookup lookup = lookup(library);
        AtomicInteger nextThread = new AtomicInteger();
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        together(threads, () -> {
            int thread = nextThread.getAndIncrement();
            for (int i = 0; i < each; i++) {
                library.add(taped("c", recording("t" + thread + "-" + i, asked), asked));
                served.add(lookup.find(new Question(asked, new Redactor(), session))
                        .orElseThrow()
                        .entry()
                        .id());
            }
            return List.<String>of();
        });
        assertThat(library.size()).isEqualTo(threads * each);
        // As many asks as recordings, each ask after an addition: each recording is due exactly once.
        assertThat(served).hasSize(threads * each).doesNotHaveDuplicates();
        assertThat(library.nearest("POST " + Fixtures.CHAT)).hasSize(threads * each);
    }

    private static List<List<String>> together(int threads, Callable<List<String>> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<List<String>>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<List<String>> all = new ArrayList<>();
            for (Future<List<String>> result : results) {
                all.add(result.get());
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Lookup over(Mode mode, RecordingSource... sources) {
        return lookup(Library.of(mode, List.of(sources)));
    }

    private static Lookup lookup(Library library) {
        return new Lookup(library, Fixtures.MATCHING, Fixtures.ROUTING);
    }

    private String find(Lookup lookup, Request request) {
        return lookup.find(new Question(request, new Redactor(), session))
                .map(hit -> hit.entry().cassette() + "/" + hit.entry().id() + " "
                        + hit.tier().id())
                .orElse("miss");
    }

    private static final class CountingMap<V> extends ConcurrentHashMap<Key, V> {
        private static final long serialVersionUID = 1L;
        private final AtomicInteger gets = new AtomicInteger();

        @Override
        public @Nullable V get(Object key) {
            gets.incrementAndGet();
            return super.get(key);
        }
    }
}
