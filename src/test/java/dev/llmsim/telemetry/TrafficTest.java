package dev.llmsim.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.telemetry.Traffic.Kind;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Traffic traffic = new Traffic(nanos::get);

    @Test
    void beforeAnyRequestEverythingIsZeroAndLatencyUnknown() {
        Traffic.Snapshot now = traffic.snapshot();

        assertThat(now.counts().values()).containsOnly(0L);
        assertThat(now.latencyOrNull()).isNull();
        assertThat(now.requestsByModel()).isEmpty();
        assertThat(now.counts().keySet())
                .containsExactly(
                        "total_requests",
                        "active_requests",
                        "streaming_requests",
                        "non_streaming_requests",
                        "completions_requests",
                        "responses_requests",
                        "websocket_requests",
                        "messages_requests",
                        "image_requests",
                        "active_websocket_connections",
                        "prompt_tokens",
                        "completion_tokens",
                        "total_tokens",
                        "total_errors",
                        "rate_limit_errors",
                        "server_errors",
                        "timeout_errors");
    }

    @Test
    void latencyIsThatOfEndedRequests() {
        traffic.begun(Kind.COMPLETIONS);
        traffic.begun(Kind.COMPLETIONS);
        traffic.begun(Kind.MESSAGES);
        traffic.ended(200, 2_000_000);
        traffic.ended(200, 4_000_000);

        Traffic.Snapshot now = traffic.snapshot();
        assertThat(now.latencyOrNull()).isEqualTo(new Traffic.Latency(3, 2, 4));
        assertThat(now.counts())
                .containsEntry("total_requests", 3L)
                .containsEntry("active_requests", 1L)
                .containsEntry("completions_requests", 2L)
                .containsEntry("messages_requests", 1L);
    }

    @Test
    void errorsAreToldApart() {
        for (int status : new int[] {200, 400, 429, 500, 503, 504, 0}) {
            traffic.ended(status, 1);
        }

        assertThat(traffic.snapshot().counts())
                .containsEntry("total_errors", 5L)
                .containsEntry("rate_limit_errors", 1L)
                .containsEntry("server_errors", 2L)
                .containsEntry("timeout_errors", 1L);
    }

    @Test
    void requestsPerSecondAreThoseOfTheLastMinute() {
        for (int i = 0; i < 90; i++) {
            traffic.begun(Kind.OTHER);
        }
        assertThat(traffic.snapshot().requestsPerSecond()).isEqualTo(1.5);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
        for (int i = 0; i < 30; i++) {
            traffic.begun(Kind.OTHER);
        }
        assertThat(traffic.snapshot().requestsPerSecond()).isEqualTo(2);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
        assertThat(traffic.snapshot().requestsPerSecond()).isEqualTo(0.5);
        assertThat(traffic.snapshot().uptimeSeconds()).isEqualTo(60);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(4));
        traffic.begun(Kind.OTHER);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(26));
        assertThat(traffic.snapshot().requestsPerSecond()).isEqualTo(1 / 60.0);
    }

    @Test
    void tokensAndModelsAreCountedUpToALimit() {
        for (int i = 0; i < 200; i++) {
            traffic.worked("model-" + i, 3, 2);
        }
        traffic.worked("model-0", 3, 2);
        traffic.worked("m".repeat(129), 3, 2);
        traffic.worked("", 3, 0);

        Traffic.Snapshot now = traffic.snapshot();
        assertThat(now.requestsByModel())
                .hasSize(129)
                .containsEntry("model-0", 2L)
                .containsEntry("model-127", 1L)
                .containsEntry("__other__", 73L);
        assertThat(now.counts())
                .containsEntry("prompt_tokens", 609L)
                .containsEntry("completion_tokens", 404L)
                .containsEntry("total_tokens", 1013L);
    }

    @Test
    void nothingIsLostWhereSeveralThreadsCount() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 4; thread++) {
            threads.execute(() -> {
                for (int i = 0; i < 3_000; i++) {
                    traffic.begun(Kind.IMAGE);
                    traffic.answered(true);
                    traffic.worked("model-" + i % 150, 1, 1);
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        Traffic.Snapshot now = traffic.snapshot();
        assertThat(now.requestsPerSecond()).isEqualTo(200);
        assertThat(now.counts()).containsEntry("image_requests", 12_000L).containsEntry("streaming_requests", 12_000L);
        assertThat(now.requestsByModel()).hasSize(129);
        assertThat(now.requestsByModel().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(12_000);
    }

    @Test
    void openWebSocketsAreThoseThatWereNotClosed() {
        traffic.webSockets(1);
        traffic.webSockets(1);
        traffic.webSockets(-1);

        assertThat(traffic.snapshot().counts()).containsEntry("active_websocket_connections", 1L);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/chat/completions, COMPLETIONS",
        "POST, /v1/completions, COMPLETIONS",
        "POST, /v1/responses, RESPONSES",
        "GET, /v1/responses, OTHER",
        "POST, /v1/messages, MESSAGES",
        "POST, /v1/messages/count_tokens, OTHER",
        "POST, /v1/images/generations, IMAGE",
        "POST, /v1/embeddings, OTHER"
    })
    void pathsSayWhatIsAskedFor(String method, String path, Kind kind) {
        assertThat(Kind.of(method, path)).isEqualTo(kind);
    }
}
