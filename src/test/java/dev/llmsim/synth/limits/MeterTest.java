package dev.llmsim.synth.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.anthropic.AnthropicSurface;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.gemini.GeminiSurface;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.RateLimit;
import dev.llmsim.provider.simulation.Surface;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final Surface OPENAI = new OpenAiSurface(List.of());
    private static final Surface ANTHROPIC = new AnthropicSurface();
    private static final Surface GEMINI = new GeminiSurface();
    private static final Quota THREE_REQUESTS = Quota.NONE.with(RateLimit.REQUESTS, 3);

    private final Buckets buckets = new Buckets();
    private Instant now = Instant.parse("2026-05-18T11:42:16Z");

    @Test
    void openAiCountsDownAndResets() {
        assertThat(spent(THREE_REQUESTS).first("x-ratelimit-remaining-requests"))
                .contains("2");
        now = now.plusSeconds(5);
        Headers second = spent(THREE_REQUESTS);
        assertThat(second.first("x-ratelimit-limit-requests")).contains("3");
        assertThat(second.first("x-ratelimit-remaining-requests")).contains("1");
        assertThat(second.first("x-ratelimit-reset-requests")).contains("35s");

        now = now.plusSeconds(60);
        assertThat(spent(THREE_REQUESTS).first("x-ratelimit-remaining-requests"))
                .contains("2");
    }

    @Test
    void openAiRefusesInItsOwnWords() {
        for (int i = 0; i < 3; i++) {
            spent(THREE_REQUESTS);
        }
        ApiError error = refused(OPENAI, THREE_REQUESTS, 0);

        assertThat(error.message())
                .startsWith(
                        "Rate limit reached for gpt-4o in organization org-llmsim on requests per min (RPM): Limit 3,"
                                + " Used 3, Requested 1. Please try again in 20s.");
        assertThat(error.status()).isEqualTo(429);
        assertThat(error.type()).isEqualTo("requests");
        assertThat(error.code()).isEqualTo("rate_limit_exceeded");
        assertThat(error.headers().first("retry-after")).contains("20");
        assertThat(error.headers().first("retry-after-ms")).contains("20000");
        assertThat(error.headers().first("x-ratelimit-remaining-requests")).contains("0");

        now = now.plusSeconds(19).plusMillis(999);
        assertThat(refused(OPENAI, THREE_REQUESTS, 0).message()).contains("try again in 1ms.");
        now = now.plusMillis(1);
        spent(THREE_REQUESTS);
    }

    /** The numbers are those of a report about the real service: 29937 of 30000 used, 385 wanted, "in 644ms". */
    @Test
    void aPromptMustFitIntoWhatIsLeft() {
        Quota quota = Quota.NONE.with(RateLimit.TOKENS, 30_000);
        spent(OPENAI, quota, "a", new Usage(20_000, 9_937, 0, 0, 0));
        ApiError error = refused(OPENAI, quota, 385);

        assertThat(error.message())
                .contains(
                        "on tokens per min (TPM): Limit 30000, Used 29937, Requested 385. Please try again in 644ms.");
        assertThat(error.type()).isEqualTo("tokens");
        assertThat(error.headers().first("retry-after")).contains("1");
        assertThat(refused(OPENAI, quota, 30_001).message())
                .startsWith(
                        "Request too large for gpt-4o in organization org-llmsim on tokens per min (TPM): Limit 30000,"
                                + " Requested 30001. The input or output tokens must be reduced");
    }

    @Test
    void anAnswerMayTakeMoreThanIsLeftAndTheNextWaits() {
        Quota quota = Quota.NONE.with(RateLimit.TOKENS, 100);
        Headers first = spent(OPENAI, quota, "a", new Usage(10, 120, 0, 0, 0));
        assertThat(first.first("x-ratelimit-remaining-tokens")).contains("0");
        assertThat(first.first("x-ratelimit-reset-tokens")).contains("1m18s");

        assertThat(refused(OPENAI, quota, 10).message()).contains("Used 130, Requested 1.");
    }

    @Test
    void keysAndModelsHaveBucketsOfTheirOwn() {
        Quota one = Quota.NONE.with(RateLimit.REQUESTS, 1);
        spent(OPENAI, one, "a", new Usage(1, 1, 0, 0, 0));
        spent(OPENAI, one, "b", new Usage(1, 1, 0, 0, 0));
        assertThatThrownBy(() -> meter(OPENAI, one, "a").begin()).isInstanceOf(ApiErrorException.class);

        Request other = new Request(
                "openai",
                "POST",
                "/v1/chat/completions",
                Headers.of("authorization", "Bearer a"),
                Bytes.utf8("{\"messages\":[{\"model\":\"gpt-4o\"}],\"model\":\"gpt-5\"}"));
        new Meter(OPENAI, new Meter.Asked(other, List.of()), new Meter.Books(one, buckets, now)).begin();
    }

    @Test
    void callersAreKnownByTheirKeyWhereverItStands() {
        assertThat(caller(Headers.of("x-api-key", "k"), "/"))
                .isEqualTo(caller(Headers.of("Authorization", "bearer k"), "/"))
                .isEqualTo(caller(Headers.of("x-goog-api-key", "k"), "/"))
                .isEqualTo(caller(Headers.EMPTY, "/?alt=sse&key=k"))
                .isNotEqualTo(caller(Headers.of("x-api-key", "l"), "/"));
        assertThat(caller(Headers.of("authorization", "AWS4-HMAC-SHA256 Credential=AK/2026/x, Signature=1"), "/"))
                .isEqualTo(
                        caller(Headers.of("authorization", "AWS4-HMAC-SHA256 Credential=AK/2027/x, Signature=2"), "/"));
    }

    @Test
    void theLeastRecentCallerIsForgottenWhereThereAreTooMany() {
        Quota one = Quota.NONE.with(RateLimit.REQUESTS, 1);
        for (int i = 0; i <= 10_000; i++) {
            meter(OPENAI, one, "key-" + i).begin();
        }
        meter(OPENAI, one, "key-0").begin();
        assertThatThrownBy(() -> meter(OPENAI, one, "key-10000").begin()).isInstanceOf(ApiErrorException.class);
    }

    @Test
    void anthropicTellsWhenEachLimitIsThereAgain() {
        Quota quota = THREE_REQUESTS.with(RateLimit.INPUT_TOKENS, 30_000).with(RateLimit.OUTPUT_TOKENS, 8_000);
        Headers headers = spent(ANTHROPIC, quota, "a", new Usage(1_500, 400, 0, 500, 0));

        assertThat(headers.first("anthropic-ratelimit-requests-limit")).contains("3");
        assertThat(headers.first("anthropic-ratelimit-requests-remaining")).contains("2");
        assertThat(headers.first("anthropic-ratelimit-requests-reset")).contains("2026-05-18T11:42:36Z");
        // what was read from the cache is not counted
        assertThat(headers.first("anthropic-ratelimit-input-tokens-remaining")).contains("29000");
        assertThat(headers.first("anthropic-ratelimit-input-tokens-reset")).contains("2026-05-18T11:42:18Z");
        assertThat(headers.first("anthropic-ratelimit-output-tokens-remaining")).contains("7600");
        assertThat(headers.first("anthropic-ratelimit-tokens-limit")).contains("2400000");
    }

    @Test
    void anthropicRefusesInItsOwnWords() {
        Quota quota = Quota.NONE.with(RateLimit.INPUT_TOKENS, 30_000);
        spent(ANTHROPIC, quota, "a", new Usage(29_990, 5, 0, 0, 0));
        ApiError error = refused(ANTHROPIC, quota, 20);

        assertThat(error.message())
                .startsWith("This request would exceed your organization's rate limit of 30,000 input tokens per minute"
                        + " (org: 11c51c51-0000-4000-8000-000000000000, model: gpt-4o). For details");
        assertThat(error.type()).isEqualTo("rate_limit_error");
        assertThat(error.headers().first("retry-after")).contains("1");
        assertThat(error.headers().first("anthropic-ratelimit-input-tokens-remaining"))
                .contains("10");
    }

    @Test
    void geminiTellsInTheBodyAlone() {
        Quota one = Quota.NONE.with(RateLimit.REQUESTS, 1);
        assertThat(spent(GEMINI, one, "a", new Usage(1, 1, 0, 0, 0))).isEmpty();
        var json =
                new SurfaceAnswer(GEMINI.error(refused(GEMINI, one, 0))).json().path("error");

        assertThat(json.path("status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(json.path("message").asText()).contains("limit: 1, model: gpt-4o\nPlease retry in 60s.");
        assertThat(json.path("details").toString())
                .contains("\"quotaId\":\"GenerateRequestsPerMinutePerProjectPerModel\"", "\"retryDelay\":\"60s\"");
    }

    @Test
    void withoutLimitsEachAnswerTellsTheUsualOnesAndNoneIsRefused() {
        for (int i = 0; i < 3; i++) {
            Headers headers = spent(OPENAI, Quota.NONE, "a", new Usage(15, 85, 0, 0, 0));
            assertThat(headers.first("x-ratelimit-limit-requests")).contains("10000");
            assertThat(headers.first("x-ratelimit-remaining-requests")).contains("9999");
            assertThat(headers.first("x-ratelimit-reset-requests")).contains("6ms");
            assertThat(headers.first("x-ratelimit-remaining-tokens")).contains("29999900");
        }
        meter(OPENAI, Quota.NONE, "a").admit(Integer.MAX_VALUE);
    }

    @Test
    void aLimitIsAtLeastOne() {
        assertThatThrownBy(() -> Quota.NONE.with(RateLimit.INPUT_TOKENS, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input tokens per minute: 0 (expected: 1 to");
    }

    private Headers spent(Quota quota) {
        return spent(OPENAI, quota, "a", new Usage(1, 1, 0, 0, 0));
    }

    private Headers spent(Surface surface, Quota quota, String key, Usage usage) {
        Meter meter = meter(surface, quota, key);
        meter.begin();
        meter.admit(usage.prompt());
        return meter.spend(usage);
    }

    private ApiError refused(Surface surface, Quota quota, int promptTokens) {
        ApiErrorException refused = catchThrowableOfType(ApiErrorException.class, () -> {
            Meter meter = meter(surface, quota, "a");
            meter.begin();
            meter.admit(promptTokens);
        });
        return refused.error();
    }

    private Meter meter(Surface surface, Quota quota, String key) {
        Request request = new Request(
                "openai",
                "POST",
                "/v1/chat/completions",
                Headers.of("authorization", "Bearer " + key),
                Bytes.utf8("{\"stream\":true,\"model\":\"gpt-4o\"}"));
        return new Meter(surface, new Meter.Asked(request, List.of()), new Meter.Books(quota, buckets, now));
    }

    private static Caller caller(Headers headers, String target) {
        return Caller.of(new Request("openai", "POST", target, headers, Bytes.EMPTY), List.of("m"));
    }
}
