package dev.llmsim.cassette.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Whoever sends a body chooses it: the work of searching it grows with its length, whatever it is. */
class RedactionWorkTest {
    private static final String KEY = "sk-proj-Q7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu";
    private static final String OTHER = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";
    private static final int SMALL_BYTES = 32 * 1024;
    /** What the two ends of a text may make of a difference. */
    private static final int SLACK = 1024;
    /** The bound, what a short text has beyond it, and one comparison that began before it. */
    private static final int MAX_STEPS = KnownValueSearch.MAX_STEPS_PER_BYTE + 4;

    @Test
    void partsWithoutAHeadAreReadOnce() {
        String body = "--a".repeat(SMALL_BYTES / 3);
        assertLinear(body, 2, text -> multipart(text).readChars());
    }

    @Test
    void partsBeyondTheMostAreOneText() {
        MultipartBody body = multipart("--a".repeat(MultipartBody.MAX_PARTS * 2));
        assertThat(body.surfaces()).hasSize(MultipartBody.MAX_PARTS + 1);
        assertThat(body.surfaces()
                        .get(MultipartBody.MAX_PARTS)
                        .original()
                        .slice(0, 3)
                        .utf8())
                .isEqualTo("--a");
    }

    @Test
    void boundariesAreNoLongerThanTheyMayBe() {
        assertThat(MediaPlace.boundary("multipart/form-data; boundary=" + "-".repeat(70)))
                .isPresent();
        assertThat(MediaPlace.boundary("multipart/form-data; boundary=" + "-".repeat(71)))
                .isEmpty();
    }

    @Test
    void formFieldsWithoutAValueAreReadOnce() {
        assertLinear("a&".repeat(SMALL_BYTES / 2), 1, text -> {
            NextOccurrence equals = new NextOccurrence(text, "=");
            assertThat(QueryPart.of(text, UTF_8, equals)).hasSize(text.length() / 2);
            return equals.readChars();
        });
    }

    @Test
    void addressesInsideAddressesAreReadOnce() {
        for (String nested : List.of("https://?token=", "https://a:b@", "https://a?key=b")) {
            String text = nested.repeat(SMALL_BYTES / nested.length());
            assertLinear(text, 2, body -> SecretUrls.find(folded(body), span -> {}));
        }
    }

    @Test
    void base64IsDecodedOnce() {
        String readable =
                Base64.getEncoder().encodeToString("{\"a\": 1} ".repeat(9).getBytes(UTF_8));
        for (String run : List.of(readable, readable + " ", "iVBORw0KGgoAAAANSUhEUg ", "A".repeat(22) + "=")) {
            String text = run.repeat(SMALL_BYTES / run.length());
            assertLinear(text, 2, body -> Base64Runs.find(folded(body), secret -> {}));
        }
    }

    @Test
    void ordinaryTextIsComparedAtFewPlacesOnly() {
        StringBuilder body = new StringBuilder("{\"messages\":[");
        Random random = new Random(5);
        while (body.length() < 200_000) {
            body.append("{\"role\":\"user\",\"content\":\"The ")
                    .append(random.nextLong())
                    .append(" quick brown fox\\n said \\\"hi\\\" to ekhard.\"},");
        }
        FoldedText text = folded(body.append("]}").toString());
        KnownValues known =
                KnownValues.of(Environment.secrets(Map.of("A_KEY", KEY, "B_KEY", OTHER, "C_KEY", OTHER + KEY)));
        List<Span> found = new ArrayList<>();
        assertThat(known.find(text, found::add)).isLessThan(200);
        assertThat(KeyPatterns.find(text, found::add)).isLessThan(40_000);
        assertThat(found).isEmpty();
    }

    @Test
    void valueThatIsEverywhereInBase64IsFollowedOnce() {
        KnownValues known = known("A".repeat(24));
        String text = "QUFB".repeat(SMALL_BYTES / 4);
        assertLinear(text, 3, body -> known.find(folded(body), span -> {}));
        List<Span> found = new ArrayList<>();
        known.find(folded(text), found::add);
        assertThat(found).hasSize(1);
    }

    @Test
    void longValueIsNotComparedAtLengthWithEveryPlace() {
        KnownValues known = known("A".repeat(30_000));
        assertLinear("A".repeat(2 * SMALL_BYTES), MAX_STEPS, body -> known.find(folded(body), span -> {}));
    }

    @Test
    void longValueThatNeverStandsThereIsNotComparedAtLengthEither() {
        KnownValues known = known("B" + "A".repeat(30_000));
        assertLinear("A".repeat(2 * SMALL_BYTES), MAX_STEPS, body -> known.find(folded(body), span -> {}));
    }

    @Test
    void valuesThatEndAlikeAreNotAllComparedEverywhere() {
        List<Secret> alike = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            alike.add(new Secret(SecretKind.FIELD, Bytes.utf8(i + "=5ame-End")));
        }
        KnownValues known = KnownValues.of(alike);
        assertLinear("x5ame-End".repeat(SMALL_BYTES / 9), MAX_STEPS, body -> known.find(folded(body), span -> {}));
    }

    @Test
    void whatTakesTooManyStepsIsReplacedRatherThanKept() {
        String key = "A".repeat(30_000) + "9z";
        String body = "A".repeat(2 * SMALL_BYTES) + "9z and " + "A".repeat(29_000) + "9z";
        RedactedRequest redacted = new Redactor()
                .redact(new Request(
                        "openai",
                        "POST",
                        "/v1/x",
                        Headers.of("x-api-key", key, "content-type", "text/plain"),
                        Bytes.utf8(body)));
        assertThat(redacted.request().body().utf8())
                .isEqualTo("A".repeat(2 * SMALL_BYTES - 30_000) + "{{secret:credential#1}} and " + "A".repeat(29_000)
                        + "9z");
        String periodic = "A".repeat(30_000);
        assertThat(new Redactor()
                        .redact(new Request(
                                "openai",
                                "POST",
                                "/v1/x",
                                Headers.of("x-api-key", periodic, "content-type", "text/plain"),
                                Bytes.utf8("a: " + "A".repeat(4 * SMALL_BYTES) + " end")))
                        .request()
                        .body()
                        .utf8())
                .isEqualTo("a: {{secret:credential#1}} end");
    }

    @Test
    void base64OfOtherAlignmentInOneRunIsNotKept() {
        String first = base64("x" + OTHER + "y").replace("=", "");
        String second = base64(OTHER.substring(3) + KEY).replace("=", "");
        RedactedRequest redacted = new Redactor()
                .redact(new Request(
                        "openai",
                        "POST",
                        "/v1/x",
                        Headers.of("x-api-key", OTHER, "authorization", "Bearer " + KEY, "content-type", "text/plain"),
                        Bytes.utf8("see " + first + "/" + second + " end")));
        String written = redacted.request().body().utf8();
        assertThat(Seeds.contains(written, OTHER)).as(written).isFalse();
        assertThat(Seeds.contains(written, KEY)).as(written).isFalse();
    }

    private static KnownValues known(String value) {
        return KnownValues.of(List.of(new Secret(SecretKind.CREDENTIAL, Bytes.utf8(value))));
    }

    private static FoldedText folded(String text) {
        return FoldedText.of(Bytes.utf8(text));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** At most {@code most} steps for each character, and twice the steps for twice the text. */
    private static void assertLinear(String text, int most, ToLongFunction<String> steps) {
        long once = steps.applyAsLong(text);
        long twice = steps.applyAsLong(text + text);
        assertThat(once).isBetween(1L, (long) most * text.length());
        assertThat(twice).isLessThanOrEqualTo(once * 2 + SLACK);
    }

    private static MultipartBody multipart(String body) {
        return new MultipartBody(List.of(), Bytes.utf8(body), "a");
    }
}
