package dev.llmsim.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Keys;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeChange;
import dev.llmsim.store.TapeEntry;
import dev.llmsim.store.UnfinishedExchange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final Duration DRAIN = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Tape tape;

    @BeforeEach
    void open() {
        tape = H2Tape.open(directory);
    }

    @AfterEach
    void close() {
        tape.close();
    }

    @Test
    void keepsWhatCrossedTheWireWithOffsetsFromTheEndOfTheRequest() {
        RecorderSummary summary = record(WriteRule.RECORD, recorder -> {
            Capture capture = recorder.begin(head("/chat?q=1"));
            capture.requestBytes(Bytes.utf8("as"));
            capture.requestBytes(Bytes.utf8("k"));
            capture.requestSent(5_000_000);
            capture.responseHead(answerHead(200), Framing.CHUNKED, -1, 7_000_999);
            capture.responseBytes(Bytes.utf8("a"), 8_000_000);
            capture.responseBytes(Bytes.utf8("b"), 9_000_000);
            capture.trailers(Headers.of("x-sum", "1"));
            capture.seal(Ending.UPSTREAM_RESET, 10_000_000);
            capture.giveUp("too late to matter");
        });
        assertThat(summary.sealed()).isEqualTo(1);
        Recording recording = tape.recordings("default").get(0);
        assertThat(recording.request().body().utf8()).isEqualTo("ask");
        assertThat(recording.request().target()).isEqualTo("/chat?q=1");
        assertThat(recording.response().frames())
                .extracting(frame -> frame.offsetMicros() + " " + frame.bytes().utf8())
                .containsExactly("3000 a", "4000 b");
        assertThat(recording.response().headMicros()).isEqualTo(2000);
        assertThat(recording.response().endMicros()).isEqualTo(5000);
        assertThat(recording.response().ending()).isEqualTo(Ending.UPSTREAM_RESET);
        assertThat(recording.response().trailers()).isEqualTo(Headers.of("x-sum", "1"));
    }

    @Test
    void anAnswerThatBeganBeforeTheRequestHadEndedStartsAtZero() {
        record(WriteRule.RECORD, recorder -> {
            Capture capture = recorder.begin(head("/early"));
            capture.responseHead(answerHead(413), Framing.CLOSE, -1, 1_000_000);
            capture.requestSent(2_000_000);
            capture.responseBytes(Bytes.utf8("too large"), 3_000_000);
            capture.seal(Ending.COMPLETE, 4_000_000);
        });
        Recording recording = tape.recordings("default").get(0);
        assertThat(recording.response().headMicros()).isZero();
        assertThat(recording.response().frames().get(0).offsetMicros()).isEqualTo(1000);
    }

    @Test
    void equalRequestsKeepTheOrderInWhichTheyBegan() {
        record(WriteRule.RECORD, recorder -> {
            Capture first = begin(recorder, "/same");
            Capture second = begin(recorder, "/same");
            finish(second, 200, "second");
            await().until(() -> recorder.summary().sealed() == 1);
            finish(first, 200, "first");
        });
        assertThat(bodies()).containsExactly("first", "second");
        assertThat(ids()).containsExactly(id("/same"), id("/same") + "-2");
    }

    @Test
    void theFirstGoodRecordingOfARunReplacesWhatTheCassetteHeldAndLaterOnesAppend() {
        record(WriteRule.RECORD, recorder -> {
            play(recorder, "/a", 200, "old 1");
            play(recorder, "/a", 200, "old 2");
            play(recorder, "/b", 200, "other");
        });
        record(WriteRule.RECORD, recorder -> {
            play(recorder, "/a", 200, "new 1");
            play(recorder, "/a", 200, "new 2");
        });
        assertThat(bodies()).containsExactly("other", "new 1", "new 2");
        assertThat(ids()).containsExactly(id("/b"), id("/a"), id("/a") + "-2");
    }

    @Test
    void anErrorOrACutAnswerReplacesNothingAndIsAppended() {
        record(WriteRule.RECORD, recorder -> play(recorder, "/a", 200, "old"));
        record(WriteRule.RECORD, recorder -> {
            play(recorder, "/a", 500, "broken");
            Capture cut = begin(recorder, "/a");
            cut.responseHead(answerHead(200), Framing.CHUNKED, -1, 0);
            cut.responseBytes(Bytes.utf8("cu"), 0);
            cut.seal(Ending.UPSTREAM_TRUNCATED, 0);
        });
        assertThat(bodies()).containsExactly("old", "broken", "cu");
        record(WriteRule.RECORD, recorder -> {
            play(recorder, "/a", 503, "again");
            play(recorder, "/a", 429, "good enough");
        });
        assertThat(bodies()).containsExactly("again", "good enough");
        record(WriteRule.RECORD_ERRORS, recorder -> play(recorder, "/a", 500, "wanted"));
        assertThat(bodies()).containsExactly("wanted");
    }

    @Test
    void aFlaggedRecordingReplacesNothing() {
        record(WriteRule.RECORD, recorder -> play(recorder, "/a", 200, "old"));
        RecorderSummary summary = run(settings("default", WriteRule.RECORD), stepsFlagging("bad"), recorder -> {
            play(recorder, "/a", 200, "bad");
            play(recorder, "/b", 200, "new");
        });
        assertThat(bodies()).containsExactly("old", "bad", "new");
        assertThat(ids()).containsExactly(id("/a"), id("/a") + "-2", id("/b"));
        assertThat(tape.flawed()).extracting(TapeEntry::id).containsExactly(id("/a") + "-2");
        assertThat(summary.remarks()).containsExactly(id("/a") + "-2: it is bad");
    }

    @Test
    void theFirstProvedRecordingOfARunReplacesWhateverCameBeforeItInThatRun() {
        record(WriteRule.RECORD, recorder -> {
            play(recorder, "/a", 200, "old 1");
            play(recorder, "/a", 200, "old 2");
        });
        run(settings("default", WriteRule.RECORD), stepsFlagging("bad"), recorder -> {
            play(recorder, "/a", 200, "bad");
            play(recorder, "/a", 200, "new 1");
            play(recorder, "/a", 200, "new 2");
        });
        assertThat(bodies()).containsExactly("bad", "new 1", "new 2");
        assertThat(tape.flawed()).hasSize(1);
        assertThat(ids()).doesNotHaveDuplicates().element(1).isEqualTo(id("/a"));
        record(WriteRule.RECORD, recorder -> play(recorder, "/a", 200, "newer"));
        assertThat(bodies()).containsExactly("newer");
        assertThat(ids()).containsExactly(id("/a"));
    }

    @Test
    void aRecordingIsFlaggedUnderTheIdThatItHasByThen() {
        record(WriteRule.RECORD, recorder -> play(recorder, "/a", 200, "old"));
        List<String> told = new CopyOnWriteArrayList<>();
        RecorderListener listener = new RecorderListener() {
            @Override
            public void flawed(TapeEntry entry, String reason) {
                told.add(entry.id());
            }
        };
        CountDownLatch develop = new CountDownLatch(1);
        RecorderSteps steps = new RecorderSteps(
                head -> head,
                raw -> {
                    awaitUninterruptibly(develop);
                    return draft(raw);
                },
                RecorderTest::label,
                (onTape, sent) -> onTape.response().body().utf8().startsWith("bad")
                        ? Optional.of("it is bad")
                        : Optional.empty());
        Recorder recorder = Recorder.start(tape, settings("default", WriteRule.RECORD), steps, listener);
        play(recorder, "/a", 200, "new");
        for (int i = 0; i < 60; i++) {
            play(recorder, "/a", 200, "bad " + i);
        }
        develop.countDown();
        recorder.close(DRAIN);
        assertThat(bodies()).hasSize(61).startsWith("new", "bad 0");
        assertThat(ids()).doesNotHaveDuplicates().startsWith(id("/a"));
        assertThat(tape.flawed())
                .extracting(TapeEntry::id)
                .containsExactlyElementsOf(told)
                .hasSize(60);
    }

    @Test
    void whatGivesWayGoesInOneCommitForAllThatWereProvedMeanwhile() {
        List<String> paths = IntStream.range(0, 120).mapToObj(i -> "/" + i).toList();
        record(WriteRule.RECORD, recorder -> paths.forEach(path -> play(recorder, path, 200, "old")));
        CountDownLatch proofs = new CountDownLatch(1);
        RecorderSteps steps = stepsProving(onTape -> {
            awaitUninterruptibly(proofs);
            return Optional.empty();
        });
        WrittenChanges written = new WrittenChanges(tape);
        Recorder recorder =
                Recorder.start(written.tape(), settings("default", WriteRule.RECORD), steps, RecorderListener.NONE);
        Capture last = begin(recorder, "/last");
        await().until(() -> tape.unfinished().size() == 1);
        paths.forEach(path -> play(recorder, path, 200, "new"));
        last.giveUp("it has no answer");
        await().until(() -> recorder.summary().sealed() > 0);
        proofs.countDown();
        await().until(() -> bodies().equals(Collections.nCopies(120, "new")));
        recorder.close(DRAIN);
        assertThat(ids())
                .containsExactlyElementsOf(paths.stream().map(RecorderTest::id).toList());
        assertThat(written.writesWith(TapeChange.Delete.class))
                .isBetween(1L, written.writesWith(TapeChange.Seal.class) + 1);
    }

    @Test
    void anotherUpstreamOrCassetteIsNotReplacedButAnOriginGivenANameIs() {
        record(WriteRule.RECORD, recorder -> play(recorder, "/a", 200, "one"));
        run(settings("other", WriteRule.RECORD), steps(), recorder -> play(recorder, "/a", 200, "elsewhere"));
        RecorderSteps azure = stepsWith(new Keys(key("/a"), null, 1, "https://azure.example.com"));
        run(
                settings("default", WriteRule.RECORD),
                azure,
                recorder -> finish(
                        recorder.begin(new Request("azure", "POST", "/a", Headers.EMPTY, Bytes.EMPTY)), 200, "two"));
        assertThat(bodies()).containsExactly("one", "two");
        run(
                settings("default", WriteRule.RECORD),
                azure,
                recorder -> finish(
                        recorder.begin(new Request("mine", "POST", "/a", Headers.EMPTY, Bytes.EMPTY)), 200, "three"));
        assertThat(bodies()).containsExactly("one", "three");
        assertThat(tape.recordings("other")).hasSize(1);
    }

    @Test
    void autoAppendsCompleteAnswersBelow400AndKeepsNothingElse() {
        record(WriteRule.AUTO, recorder -> play(recorder, "/a", 200, "one"));
        RecorderSummary summary = record(WriteRule.AUTO, recorder -> {
            play(recorder, "/a", 201, "two");
            play(recorder, "/a", 429, "retry");
            Capture cut = begin(recorder, "/a");
            cut.responseHead(answerHead(200), Framing.CHUNKED, -1, 0);
            await().until(() -> tape.unfinished().size() == 1);
            cut.seal(Ending.CLIENT_CANCELLED, 0);
            begin(recorder, "/a").seal(Ending.TIMEOUT, 0);
        });
        assertThat(bodies()).containsExactly("one", "two");
        assertThat(summary.notKept()).isEqualTo(3);
        assertThat(summary.givenUp() + summary.unfinished()).isZero();
        assertThat(tape.unfinished()).isEmpty();
    }

    @Test
    void anExchangeIsOnTheTapeAsUnfinishedWhileItGoesOn() {
        record(WriteRule.RECORD, recorder -> {
            Capture capture = recorder.begin(head("/slow?key=secret"));
            await().until(() -> tape.unfinished().size() == 1);
            assertThat(tape.unfinished().get(0).path()).isEqualTo("/slow");
            finish(capture, 200, "done");
        });
        assertThat(tape.unfinished()).isEmpty();
        assertThat(bodies()).containsExactly("done");
    }

    @Test
    void closingListsWhatHasNotEndedAsUnfinished() {
        List<Capture> late = new ArrayList<>();
        RecorderSummary summary = record(WriteRule.RECORD, recorder -> late.add(begin(recorder, "/open")));
        assertThat(summary.unfinished()).isEqualTo(1);
        finish(late.get(0), 200, "too late");
        assertThat(tape.entries()).isEmpty();
        assertThat(tape.unfinished())
                .extracting(UnfinishedExchange::reasonOrNull)
                .containsExactly("the recorder was closed before the exchange ended");
    }

    @Test
    void whatFailsInOneExchangeIsToldAndStopsNothing() {
        RecorderSteps steps = stepsDeveloping(raw -> {
            if (raw.request().path().equals("/bad")) {
                throw new IllegalStateException("sk-secret must not be repeated");
            }
            return new Draft(raw.request(), raw.response(), false);
        });
        List<String> told = new CopyOnWriteArrayList<>();
        RecorderListener listener = new RecorderListener() {
            @Override
            public void givenUp(String reason) {
                told.add(reason);
                throw new IllegalStateException("listeners may fail, too");
            }
        };
        Recorder recorder = Recorder.start(tape, settings("default", WriteRule.RECORD), steps, listener);
        play(recorder, "/a", 200, "one");
        play(recorder, "/bad", 200, "two");
        play(recorder, "/c", 200, "three");
        RecorderSummary summary = recorder.close(DRAIN);
        assertThat(bodies()).containsExactly("one", "three");
        assertThat(summary.givenUp()).isEqualTo(1);
        assertThat(summary.remarks()).isEqualTo(told).singleElement().asString().contains("IllegalStateException");
        assertThat(tape.unfinished())
                .singleElement()
                .satisfies(unfinished -> assertThat(unfinished.reason())
                        .hasValueSatisfying(reason ->
                                assertThat(reason).contains("developed").doesNotContain("sk-secret")));
    }

    @Test
    void anExchangeThatTheTapeRefusesDoesNotTakeItsNeighboursAlong() {
        RecorderSteps steps = stepsDeveloping(raw -> new Draft(
                raw.request().path().equals("/bad")
                        ? new Request("openai", "X".repeat(2000), "/bad", Headers.EMPTY, Bytes.EMPTY)
                        : raw.request(),
                raw.response(),
                false));
        RecorderSummary summary = run(settings("default", WriteRule.RECORD), steps, recorder -> {
            play(recorder, "/a", 200, "one");
            play(recorder, "/bad", 200, "two");
            play(recorder, "/c", 200, "three");
        });
        assertThat(bodies()).containsExactly("one", "three");
        assertThat(summary.sealed()).isEqualTo(2);
        assertThat(summary.givenUp()).isEqualTo(1);
        assertThat(tape.unfinished())
                .singleElement()
                .satisfies(unfinished -> assertThat(unfinished.reasonOrNull()).contains("too long"));
    }

    @Test
    void aRecordingThatFailsItsProofIsDurableAndFlagged() {
        List<String> order = new CopyOnWriteArrayList<>();
        RecorderSteps steps =
                new RecorderSteps(head -> head, RecorderTest::draft, RecorderTest::label, (onTape, sent) -> {
                    order.add("proved " + onTape.id());
                    if (onTape.request().path().equals("/throws")) {
                        throw new IllegalStateException("no");
                    }
                    return onTape.request().path().equals("/bad") ? Optional.of("frame 1 differs") : Optional.empty();
                });
        RecorderListener listener = new RecorderListener() {
            @Override
            public void durable(DurableRecording recording) {
                order.add("durable " + recording.entry().id());
            }
        };
        Recorder recorder = Recorder.start(tape, settings("default", WriteRule.RECORD), steps, listener);
        for (String path : List.of("/good", "/bad", "/throws")) {
            play(recorder, path, 200, "x");
        }
        RecorderSummary summary = recorder.close(DRAIN);
        assertThat(summary.sealed()).isEqualTo(3);
        assertThat(summary.flawed()).isEqualTo(2);
        assertThat(summary.remarks()).contains(id("/bad") + ": frame 1 differs");
        assertThat(tape.flawed()).extracting(TapeEntry::id).containsExactly(id("/bad"), id("/throws"));
        assertThat(order.indexOf("durable " + id("/bad"))).isLessThan(order.indexOf("proved " + id("/bad")));
    }

    @Test
    void noProofKeepsAnExchangeThatWaitsFromItsCommit() {
        CountDownLatch develop = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        RecorderSteps steps = new RecorderSteps(
                head -> head,
                raw -> {
                    awaitUninterruptibly(develop);
                    return draft(raw);
                },
                RecorderTest::label,
                (onTape, sent) -> {
                    order.add("proved " + onTape.request().path());
                    return Optional.empty();
                });
        RecorderListener listener = new RecorderListener() {
            @Override
            public void durable(DurableRecording recording) {
                order.add("durable " + recording.entry().target());
            }
        };
        Recorder recorder = Recorder.start(tape, settings("default", WriteRule.RECORD), steps, listener);
        play(recorder, "/a", 200, "x");
        await().until(() -> recorder.queuedJobs() == 0);
        List.of("/b", "/c").forEach(path -> play(recorder, path, 200, "x"));
        develop.countDown();
        recorder.close(DRAIN);
        assertThat(order)
                .containsExactly("durable /a", "durable /b", "durable /c", "proved /a", "proved /b", "proved /c");
    }

    @Test
    void refusesBytesBeyondTheBudgetAndTakesThemOnceThereIsRoom() {
        CountDownLatch develop = new CountDownLatch(1);
        RecorderSteps steps = stepsDeveloping(raw -> {
            awaitUninterruptibly(develop);
            return draft(raw);
        });
        RecorderSettings settings = new RecorderSettings("default", WriteRule.RECORD, 3000, 2500, 100);
        RecorderSummary summary = run(settings, steps, recorder -> {
            Capture first = begin(recorder, "/first");
            first.responseHead(answerHead(200), Framing.CHUNKED, -1, 0);
            assertThat(first.responseBytes(chunk(2000), 0)).isTrue();
            Capture second = begin(recorder, "/second");
            second.responseHead(answerHead(200), Framing.CHUNKED, -1, 0);
            assertThat(second.responseBytes(chunk(1500), 0)).isFalse();
            first.seal(Ending.COMPLETE, 0);
            assertThat(second.responseBytes(chunk(1500), 0)).isFalse();
            develop.countDown();
            await().until(() -> second.responseBytes(chunk(1500), 0));
            second.seal(Ending.COMPLETE, 0);
        });
        assertThat(summary.sealed()).isEqualTo(2);
        assertThat(tape.recordings("default").get(1).response().bodyBytes()).isEqualTo(1500);
    }

    @Test
    void givesUpAnExchangeLongerThanOneMayBeAndGivesItsBytesBack() {
        RecorderSettings settings = new RecorderSettings("default", WriteRule.RECORD, 5000, 2000, 100);
        RecorderSummary summary = run(settings, steps(), recorder -> {
            Capture capture = begin(recorder, "/long");
            assertThat(capture.requestBytes(chunk(1800))).isTrue();
            assertThat(recorder.heldBytes()).isGreaterThanOrEqualTo(1800);
            assertThat(capture.requestBytes(chunk(1800))).isTrue();
            assertThat(recorder.heldBytes()).isZero();
            finish(capture, 200, "for nobody");
        });
        assertThat(summary.givenUp()).isEqualTo(1);
        assertThat(tape.unfinished())
                .singleElement()
                .satisfies(unfinished -> assertThat(unfinished.reasonOrNull()).contains("longer than 2000 bytes"));
    }

    @Test
    void aRecorderThatIsFarBehindTakesNoBytesAndThenNoExchanges() {
        CountDownLatch develop = new CountDownLatch(1);
        RecorderSteps steps = stepsDeveloping(raw -> {
            awaitUninterruptibly(develop);
            return draft(raw);
        });
        RecorderSettings settings = new RecorderSettings("default", WriteRule.RECORD, 1 << 20, 1 << 20, 4);
        RecorderSummary summary = run(settings, steps, recorder -> {
            play(recorder, "/a", 200, "one");
            await().until(() -> recorder.queuedJobs() == 0);
            Capture waiting = begin(recorder, "/b");
            for (int i = 0; i < 3; i++) {
                begin(recorder, "/c").giveUp("test");
            }
            assertThat(waiting.requestBytes(chunk(1))).isFalse();
            begin(recorder, "/d");
            finish(begin(recorder, "/lost"), 200, "lost");
            develop.countDown();
            await().until(() -> waiting.requestBytes(chunk(1)));
            waiting.seal(Ending.COMPLETE, 0);
        });
        assertThat(summary.givenUp()).isEqualTo(4);
        assertThat(summary.unfinished()).isEqualTo(1);
        assertThat(summary.remarks()).anySatisfy(remark -> assertThat(remark).contains("jobs behind"));
    }

    @Test
    void closingWithoutTimeGivesUpWhatWaits() {
        CountDownLatch develop = new CountDownLatch(1);
        RecorderSteps steps = stepsDeveloping(raw -> {
            awaitUninterruptibly(develop);
            return draft(raw);
        });
        Recorder recorder = Recorder.start(tape, settings("default", WriteRule.RECORD), steps, RecorderListener.NONE);
        play(recorder, "/a", 200, "being developed");
        await().until(() -> recorder.queuedJobs() == 0);
        play(recorder, "/b", 200, "waits");
        Thread opener = new Thread(() -> {
            await().until(() -> recorder.begin(head("/z")) instanceof LostCapture);
            develop.countDown();
        });
        opener.start();
        RecorderSummary summary = recorder.close(Duration.ofMillis(1));
        assertThat(summary.sealed() + summary.givenUp()).isEqualTo(2);
        assertThat(summary.sealed()).isPositive();
        assertThat(recorder.heldBytes()).isZero();
    }

    @Test
    void keepsWhatManyThreadsSayWholeAndHoldsNothingAfterwards() throws Exception {
        Recorder recorder = Recorder.start(
                tape, settings("default", WriteRule.RECORD), SelfDescribing.steps(), RecorderListener.NONE);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String prefix = "t" + i;
            threads.add(new Thread(() -> {
                for (int n = 0; n < 20; n++) {
                    new SelfDescribing("s" + n, prefix + "-" + n).play(recorder);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        RecorderSummary summary = recorder.close(DRAIN);
        assertThat(summary.remarks()).isEmpty();
        assertThat(summary.sealed()).isEqualTo(64 * 20);
        assertThat(recorder.heldBytes()).isZero();
        List<Recording> recordings = tape.recordings("default");
        assertThat(recordings)
                .hasSize(64 * 20)
                .allSatisfy(one -> assertThat(SelfDescribing.wrong(one)).isEmpty());
        assertThat(recordings.stream().map(Recording::id).distinct()).hasSize(64 * 20);
    }

    private interface Traffic {
        void through(Recorder recorder);
    }

    private RecorderSummary record(WriteRule rule, Traffic traffic) {
        return run(settings("default", rule), steps(), traffic);
    }

    private RecorderSummary run(RecorderSettings settings, RecorderSteps steps, Traffic traffic) {
        Recorder recorder = Recorder.start(tape, settings, steps, RecorderListener.NONE);
        traffic.through(recorder);
        RecorderSummary summary = recorder.close(DRAIN);
        assertThat(recorder.heldBytes()).isZero();
        return summary;
    }

    private static RecorderSettings settings(String cassette, WriteRule rule) {
        return RecorderSettings.of(cassette, rule);
    }

    private static RecorderSteps steps() {
        return stepsDeveloping(RecorderTest::draft);
    }

    private static RecorderSteps stepsDeveloping(Function<RawExchange, Draft> develop) {
        return new RecorderSteps(head -> head, develop, RecorderTest::label, (onTape, sent) -> Optional.empty());
    }

    private static RecorderSteps stepsFlagging(String body) {
        return stepsProving(onTape ->
                onTape.response().body().utf8().equals(body) ? Optional.of("it is " + body) : Optional.empty());
    }

    private static RecorderSteps stepsProving(Function<Recording, Optional<String>> proof) {
        return new RecorderSteps(
                head -> head, RecorderTest::draft, RecorderTest::label, (onTape, sent) -> proof.apply(onTape));
    }

    private static RecorderSteps stepsWith(Keys keys) {
        return new RecorderSteps(
                head -> head,
                RecorderTest::draft,
                (draft, raw) -> new Labels("azure", keys),
                (onTape, sent) -> Optional.empty());
    }

    private static Draft draft(RawExchange raw) {
        return new Draft(raw.request(), raw.response(), false);
    }

    private static Labels label(Draft draft, RawExchange raw) {
        String path = raw.request().path();
        return new Labels(id(path), new Keys(key(path), null, 1, null));
    }

    private static Key key(String path) {
        return Key.hash(path.getBytes(StandardCharsets.UTF_8));
    }

    private static String id(String path) {
        return "raw-" + key(path).hex().substring(0, 8);
    }

    private static Request head(String target) {
        return new Request("openai", "POST", target, Headers.EMPTY, Bytes.EMPTY);
    }

    private static ResponseHead answerHead(int status) {
        return new ResponseHead(status, "", Headers.EMPTY);
    }

    private static Capture begin(Recorder recorder, String target) {
        return recorder.begin(head(target));
    }

    private static void play(Recorder recorder, String target, int status, String body) {
        finish(begin(recorder, target), status, body);
    }

    private static void finish(Capture capture, int status, String body) {
        capture.requestSent(0);
        capture.responseHead(answerHead(status), Framing.CHUNKED, -1, 0);
        capture.responseBytes(Bytes.utf8(body), 0);
        capture.seal(Ending.COMPLETE, System.nanoTime());
    }

    private static Bytes chunk(int length) {
        return Bytes.wrap(new byte[length]);
    }

    private List<String> bodies() {
        return tape.recordings("default").stream()
                .map(recording -> recording.response().body().utf8())
                .toList();
    }

    private List<String> ids() {
        return tape.recordings("default").stream().map(Recording::id).toList();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
