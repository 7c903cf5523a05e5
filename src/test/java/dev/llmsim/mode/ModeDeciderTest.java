package dev.llmsim.mode;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.llmsim.mode.Fixtures.ROUTING;
import static dev.llmsim.mode.Fixtures.answer;
import static dev.llmsim.mode.Fixtures.cassette;
import static dev.llmsim.mode.Fixtures.recording;
import static dev.llmsim.mode.Fixtures.request;
import static dev.llmsim.mode.Fixtures.withHeaders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Upstream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModeDeciderTest {
    private static final Session SESSION = new Sessions(1).usual();
    private static final Request ASKED = request("openai", "hello");
    private static final Headers SIGNED = Headers.of(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=A/20261124/us-east-1/bedrock/aws4_request",
            "X-Amz-Date",
            "x");

    @Test
    void recordForwardsAndKeepsPassthroughForwardsOnly() {
        Upstream openai = new Upstream("openai", URI.create("https://api.openai.com"), Dialect.OPENAI);

        assertThat(ModeDecider.record(ROUTING).decideByHead(ASKED, SESSION))
                .isEqualTo(new Decision.Forward(openai, true));
        assertThat(ModeDecider.passthrough(ROUTING).decideByHead(ASKED, SESSION))
                .isEqualTo(new Decision.Forward(openai, false));
        assertThat(decide(ModeDecider.record(ROUTING), ASKED)).isEqualTo(new Decision.Forward(openai, true));
        assertThat(ModeDecider.record(ROUTING).mode()).isEqualTo(Mode.RECORD);
        assertThat(ModeDecider.passthrough(ROUTING).mode()).isEqualTo(Mode.PASSTHROUGH);
    }

    @Test
    void replayRespondsWithARecordingAndItsOrigin() {
        ModeDecider replay = replay(cassette("c", recording("r", ASKED, answer("hi"))));

        assertThat(replay.mode()).isEqualTo(Mode.REPLAY);
        assertThat(decide(replay, ASKED))
                .isEqualTo(new Decision.Respond(answer("hi"), new Origin.Recorded("c", "r", MatchTier.CANONICAL)));
    }

    @Test
    void aMissInReplayIsRefusedWithTheExplanation() {
        Decision.Refuse refuse =
                (Decision.Refuse) decide(replay(cassette("c", recording("r", ASKED))), request("later", "x"));

        assertThat(refuse.refusal().status()).isEqualTo(424);
        assertThat(refuse.refusal().dialect()).isEqualTo(Dialect.ANTHROPIC);
        assertThat(refuse.refusal().headers().first("x-should-retry")).contains("false");
        assertThat(refuse.refusal().message())
                .contains(
                        "llmsim replay",
                        "no recording answers POST " + Fixtures.CHAT + " for later",
                        "None of the 1",
                        "llmsim record");
    }

    @Test
    void aMissWhoseOwnRecordingIsFlawedNamesThatAndItsFlaw() {
        Library library = Library.of(Mode.REPLAY, List.of(cassette("c", recording("near", request("openai", "near")))));
        library.add(flawed("tape", "r", "the body differs, first at byte 7"));
        ModeDecider replay =
                ModeDecider.replay(new Answering(library, Fixtures.MATCHES, Runnable::run), MissExplainer.counting());

        String message = ((Decision.Refuse) decide(replay, ASKED)).refusal().message();
        assertThat(message).contains("tape/r", "the body differs, first at byte 7", "Remedy: record it again");
        assertThat(message).doesNotContain("None of the 1");
        library.add(Fixtures.taped("tape", recording("again", ASKED, answer("again")), ASKED));
        assertThat(decide(replay, ASKED))
                .isEqualTo(
                        new Decision.Respond(answer("again"), new Origin.Recorded("tape", "again", MatchTier.EXACT)));
    }

    private static Entry flawed(String cassette, String id, String flaw) {
        Entry sound = Fixtures.taped(cassette, recording(id, ASKED), ASKED);
        Outcome outcome = new Outcome(flaw, 200, Ending.COMPLETE);
        return new Entry(cassette, id, sound.methodAndPath(), sound.keys(), outcome, sound.loader());
    }

    @Test
    void aMissStaysAMissWhereTheExplanationFailsAtOnce() {
        ModeDecider replay = ModeDecider.replay(answering(Mode.REPLAY, Runnable::run), (request, library) -> {
            throw new IllegalStateException("broken");
        });

        assertThat(((Decision.Refuse) decide(replay, ASKED)).refusal().status()).isEqualTo(424);
    }

    @Test
    void aMissStaysAMissWhereTheExplanationFails() {
        ModeDecider replay = ModeDecider.replay(
                answering(Mode.REPLAY, Runnable::run),
                (request, library) -> CompletableFuture.failedFuture(new IllegalStateException("broken")));

        assertThat(((Decision.Refuse) decide(replay, ASKED)).refusal().status()).isEqualTo(424);
    }

    @Test
    void autoRespondsWhereItCanAndElseForwardsAndKeeps() {
        ModeDecider auto = ModeDecider.auto(
                answering(Mode.AUTO, Runnable::run, cassette("c", recording("r", ASKED, answer("hi")))));

        assertThat(auto.mode()).isEqualTo(Mode.AUTO);
        assertThat(decide(auto, ASKED)).isInstanceOf(Decision.Respond.class);
        assertThat(decide(auto, request("openai", "new")))
                .isInstanceOfSatisfying(
                        Decision.Forward.class,
                        forward -> assertThat(forward.keep()).isTrue());
    }

    @Test
    void autoDoesNotTrapARetryInARecordedFailure() {
        ModeDecider auto = ModeDecider.auto(answering(
                Mode.AUTO, Runnable::run, cassette("c", recording("r", ASKED, answer(429, Ending.COMPLETE, "slow")))));

        assertThat(decide(auto, ASKED)).isInstanceOf(Decision.Forward.class);
    }

    @Test
    void modesThatLookUpDoNotDecideByTheHead() {
        assertThatIllegalStateException().isThrownBy(() -> replay().decideByHead(ASKED, SESSION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RECORD", "PASSTHROUGH", "AUTO"})
    void signedRequestsAreNotForwarded(String mode) {
        Request signed = withHeaders(request("aws", "hello"), SIGNED);
        Decision.Refuse refuse = (Decision.Refuse) decide(connecting(mode), signed);

        assertThat(refuse.refusal().status()).isEqualTo(400);
        assertThat(refuse.refusal().dialect()).isEqualTo(Dialect.BEDROCK);
        assertThat(refuse.refusal().headers().first("x-should-retry")).contains("false");
        assertThat(refuse.refusal().message())
                .contains(
                        "SigV4",
                        "covers the host",
                        "bedrock-runtime.us-east-1.amazonaws.com",
                        "AWS_BEARER_TOKEN_BEDROCK");
    }

    @ParameterizedTest
    @CsvSource({
        "aws, Authorization, Bearer abc, true",
        "aws, X-Amz-Date, 20261124T000000Z, false",
        "openai, X-Amz-Date, 20261124T000000Z, true",
        "openai, Authorization, AWS4-HMAC-SHA256 Credential=x, false",
        "aws, authorization, aws4-hmac-sha256 Credential=x, false",
        "aws, Authorization, AWS4-ECDSA-P256-SHA256 Credential=x, false",
    })
    void bearerKeysPassAndSignaturesDoNot(String upstream, String name, String value, boolean passes) {
        Request request = withHeaders(request(upstream, "hello"), Headers.of(name, value));

        assertThat(ModeDecider.record(ROUTING).decideByHead(request, SESSION))
                .isInstanceOf(passes ? Decision.Forward.class : Decision.Refuse.class);
    }

    @Test
    void aBearerKeyPassesWithADate() {
        Headers both = Headers.of("authorization", "Bearer k", "x-amz-date", "20261124T000000Z");

        assertThat(ModeDecider.record(ROUTING).decideByHead(withHeaders(request("aws", "x"), both), SESSION))
                .isInstanceOf(Decision.Forward.class);
    }

    @Test
    void replayTakesSignedRequestsAndUpstreamsWithoutAUrl() {
        Request recorded = request("bedrock", "hello");
        ModeDecider replay = replay(cassette("c", recording("r", recorded)));

        assertThat(decide(replay, withHeaders(recorded, SIGNED))).isInstanceOf(Decision.Respond.class);
    }

    @Test
    void anUpstreamWithoutAUrlIsRefusedWithTheRemedy() {
        Decision.Refuse refuse =
                (Decision.Refuse) ModeDecider.record(ROUTING).decideByHead(request("bedrock", "hello"), SESSION);

        assertThat(refuse.refusal().status()).isEqualTo(502);
        assertThat(refuse.refusal().message()).contains("--upstream bedrock=https://");
    }

    @Test
    void anUnknownUpstreamIsRefusedWithTheRemedy() {
        Decision.Refuse refuse =
                (Decision.Refuse) ModeDecider.record(ROUTING).decideByHead(request("nobody", "x"), SESSION);

        assertThat(refuse.refusal().status()).isEqualTo(404);
        assertThat(refuse.refusal().message()).contains("--upstream nobody=URL");
    }

    @Test
    void aRecordingThatCannotBeReadIsAnErrorAndIsNotForwarded() {
        Library library = Library.of(Mode.AUTO, List.of());
        Entry sound = Fixtures.taped("tape", recording("r", ASKED), ASKED);
        library.add(new Entry(
                "tape",
                "r",
                sound.methodAndPath(),
                sound.keys(),
                sound.outcome(),
                () -> CompletableFuture.failedFuture(
                        new LlmSimException(ErrorCode.TAPE_UNUSABLE, "row 7 is damaged"))));
        ModeDecider auto = ModeDecider.auto(new Answering(library, Fixtures.MATCHES, Runnable::run));

        Decision.Refuse refuse = (Decision.Refuse) decide(auto, ASKED);
        assertThat(refuse.refusal().status()).isEqualTo(500);
        assertThat(refuse.refusal().message()).contains("row 7 is damaged");
    }

    @Test
    void onlyLargeBodiesLeaveTheCallersThread() {
        AtomicInteger handedOver = new AtomicInteger();
        List<Runnable> later = new ArrayList<>();
        Executor executor = task -> {
            handedOver.incrementAndGet();
            later.add(task);
        };
        ModeDecider replay = ModeDecider.replay(answering(Mode.REPLAY, executor), MissExplainer.counting());

        assertThat(replay.decide(request("openai", "x".repeat(64 * 1024)), SESSION)
                        .toCompletableFuture())
                .isDone();
        assertThat(handedOver).hasValue(0);
        CompletableFuture<Decision> large = replay.decide(request("openai", "x".repeat(64 * 1024 + 1)), SESSION)
                .toCompletableFuture();
        assertThat(large).isNotDone();
        later.forEach(Runnable::run);
        assertThat(large).isCompletedWithValueMatching(Decision.Refuse.class::isInstance);
    }

    @Test
    void codedBodiesLeaveTheCallersThreadHoweverShortTheyAre() {
        List<Runnable> later = new ArrayList<>();
        ModeDecider replay = ModeDecider.replay(answering(Mode.REPLAY, later::add), MissExplainer.counting());
        Request coded = withHeaders(request("openai", "x"), Headers.of("Content-Encoding", "gzip"));

        CompletableFuture<Decision> decision = replay.decide(coded, SESSION).toCompletableFuture();
        assertThat(decision).isNotDone();
        assertThat(later).hasSize(1);
        later.forEach(Runnable::run);
        assertThat(decision).isCompletedWithValueMatching(Decision.Refuse.class::isInstance);
    }

    /** Law 4: whatever is asked, however often, whatever fails. */
    @Property(tries = 300)
    void replayNeverForwards(
            @ForAll @AlphaChars @StringLength(max = 3) String recorded,
            @ForAll @AlphaChars @StringLength(max = 3) String asked,
            @ForAll @IntRange(max = 5) int upstream,
            @ForAll boolean damaged,
            @ForAll boolean signed,
            @ForAll @IntRange(min = 1, max = 4) int times) {
        List<String> names = List.of("openai", "corp", "later", "aws", "bedrock", "nobody");
        Library library = Library.of(Mode.REPLAY, List.of(cassette("c", recording("r", request("openai", recorded)))));
        if (damaged) {
            Request raw = request(names.get(upstream), asked);
            Entry sound = Fixtures.taped("tape", recording("d", raw), raw);
            library.add(new Entry("tape", "d", sound.methodAndPath(), sound.keys(), sound.outcome(), () -> {
                throw new LlmSimException(ErrorCode.TAPE_UNUSABLE, "damaged");
            }));
        }
        ModeDecider replay =
                ModeDecider.replay(new Answering(library, Fixtures.MATCHES, Runnable::run), MissExplainer.counting());
        Request request = withHeaders(request(names.get(upstream), asked), signed ? SIGNED : Headers.EMPTY);
        for (int i = 0; i < times; i++) {
            assertThat(decide(replay, request)).isNotInstanceOf(Decision.Forward.class);
        }
    }

    @Test
    void onlyOneClassForwardsAndItCannotBeMadeForReplay() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Forwarding(Mode.REPLAY, ROUTING));
        noClasses()
                .that()
                .doNotBelongToAnyOf(Forwarding.class)
                .should()
                .callConstructor(Decision.Forward.class, Upstream.class, boolean.class)
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.llmsim"));
    }

    private static ModeDecider connecting(String mode) {
        return switch (Mode.valueOf(mode)) {
            case RECORD -> ModeDecider.record(ROUTING);
            case PASSTHROUGH -> ModeDecider.passthrough(ROUTING);
            default -> ModeDecider.auto(answering(Mode.AUTO, Runnable::run));
        };
    }

    private static ModeDecider replay(RecordingSource... sources) {
        return ModeDecider.replay(answering(Mode.REPLAY, Runnable::run, sources), MissExplainer.counting());
    }

    private static Answering answering(Mode mode, Executor executor, RecordingSource... sources) {
        return new Answering(Library.of(mode, List.of(sources)), Fixtures.MATCHES, executor);
    }

    private static Decision decide(ModeDecider decider, Request request) {
        return decider.decide(request, SESSION).toCompletableFuture().join();
    }
}
