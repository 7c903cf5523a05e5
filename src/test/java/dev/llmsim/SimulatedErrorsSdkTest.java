package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.simulation.RateLimit;
import dev.llmsim.synth.errors.ErrorRates;
import dev.llmsim.synth.limits.Quota;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Injected errors and limits as the providers' own clients see them; none of them retries. */
class SimulatedErrorsSdkTest {
    private static final String BODY = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @Test
    void tooManyRequests() {
        try (Clients clients = Clients.of(new ErrorRates(1, 0, 0, Duration.ZERO, 0, 0))) {
            var openAi = catchThrowableOfType(com.openai.errors.RateLimitException.class, clients::askOpenAi);
            assertThat(openAi.type()).contains("rate_limit_error");
            assertThat(openAi.code()).contains("rate_limit_exceeded");
            assertThat(openAi.headers().values("x-llmsim-source")).containsExactly("fault");
            assertThat(openAi.headers().values("x-request-id")).hasSize(1);
            assertThat(Integer.parseInt(openAi.headers().values("retry-after").get(0)))
                    .isBetween(1, 59);
            var anthropic = catchThrowableOfType(com.anthropic.errors.RateLimitException.class, clients::askAnthropic);
            assertThat(anthropic).hasMessageContaining("rate_limit_error");
            clients.geminiSays(429, "RESOURCE_EXHAUSTED");
        }
    }

    @Test
    void theServerFails() throws Exception {
        try (Clients clients = Clients.of(new ErrorRates(0, 1, 0, Duration.ZERO, 0, 0))) {
            var openAi = catchThrowableOfType(com.openai.errors.InternalServerException.class, clients::askOpenAi);
            assertThat(openAi.statusCode()).isIn(500, 503);
            assertThat(openAi.type()).contains(openAi.statusCode() == 500 ? "server_error" : "service_unavailable");
            var anthropic =
                    catchThrowableOfType(com.anthropic.errors.InternalServerException.class, clients::askAnthropic);
            assertThat(anthropic).hasMessageContaining("api_error");
            ApiException gemini = catchThrowableOfType(ApiException.class, clients::askGemini);
            assertThat(gemini.status()).isEqualTo(gemini.code() == 500 ? "INTERNAL" : "UNAVAILABLE");
            // a list of models is no work of a model
            assertThat(clients.openAi.models().list().data()).isNotEmpty();
            assertThat(clients.stats()).contains("\"injected_errors\":3", "\"synthetic\":1");
        }
    }

    @Test
    void theGatewayTimesOut() {
        try (Clients clients = Clients.of(new ErrorRates(0, 0, 1, Duration.ofMillis(1), 0, 0))) {
            var openAi = catchThrowableOfType(com.openai.errors.InternalServerException.class, clients::askOpenAi);
            assertThat(openAi.statusCode()).isEqualTo(504);
            assertThat(openAi.type()).contains("timeout_error");
            var anthropic =
                    catchThrowableOfType(com.anthropic.errors.InternalServerException.class, clients::askAnthropic);
            assertThat(anthropic.statusCode()).isEqualTo(504);
            assertThat(anthropic).hasMessageContaining("api_error");
            clients.geminiSays(504, "DEADLINE_EXCEEDED");
        }
    }

    @Test
    void theRequestIsWrong() {
        try (Clients clients = Clients.of(new ErrorRates(0, 0, 0, Duration.ZERO, 1, 0))) {
            var openAi = catchThrowableOfType(com.openai.errors.BadRequestException.class, clients::askOpenAi);
            assertThat(openAi.type()).contains("invalid_request_error");
            assertThat(openAi).hasMessageContaining("injected by llmsim");
            assertThatThrownBy(clients::askAnthropic)
                    .isInstanceOf(com.anthropic.errors.BadRequestException.class)
                    .hasMessageContaining("invalid_request_error");
            clients.geminiSays(400, "INVALID_ARGUMENT");
        }
    }

    @Test
    void theKeyIsWrong() {
        try (Clients clients = Clients.of(new ErrorRates(0, 0, 0, Duration.ZERO, 0, 1))) {
            var openAi = catchThrowableOfType(com.openai.errors.UnauthorizedException.class, clients::askOpenAi);
            assertThat(openAi.type()).contains("authentication_error");
            assertThat(openAi.code()).contains("invalid_api_key");
            assertThatThrownBy(clients::askAnthropic)
                    .isInstanceOf(com.anthropic.errors.UnauthorizedException.class)
                    .hasMessageContaining("authentication_error");
            // a wrong key is no 401 there
            clients.geminiSays(400, "INVALID_ARGUMENT");
        }
    }

    @Test
    void theSameSeedGivesTheSameSequence() throws Exception {
        ErrorRates rates = new ErrorRates(0.2, 0.2, 0, Duration.ZERO, 0.2, 0.2);
        List<Integer> first = statuses(rates);

        assertThat(first).contains(200).hasSizeGreaterThan(20).isEqualTo(statuses(rates));
        assertThat(first.stream().distinct()).hasSizeGreaterThan(3);
    }

    @Test
    void whoAsksTooOftenIsRefusedUntilThereIsRoomAndOthersAreNot() {
        try (Clients clients = Clients.of(builder -> builder.quota(Quota.NONE.with(RateLimit.REQUESTS, 1)))) {
            assertThat(clients.askOpenAi()).isNotBlank();
            var openAi = catchThrowableOfType(com.openai.errors.RateLimitException.class, clients::askOpenAi);
            assertThat(openAi.type()).contains("requests");
            assertThat(openAi).hasMessageContaining("requests per min (RPM): Limit 1, Used 1, Requested 1.");
            assertThat(openAi.headers().values("x-ratelimit-remaining-requests"))
                    .containsExactly("0");
            assertThat(openAi.headers().values("x-llmsim-source")).containsExactly("synthetic");

            assertThat(clients.askAnthropic()).isNotBlank();
            var anthropic = catchThrowableOfType(com.anthropic.errors.RateLimitException.class, clients::askAnthropic);
            assertThat(anthropic.headers().values("anthropic-ratelimit-requests-remaining"))
                    .containsExactly("0");
            assertThat(clients.askGemini()).isNotBlank();
            clients.geminiSays(429, "RESOURCE_EXHAUSTED");
            OpenAIClient other = Sdks.openAi(clients.gateway.baseUrl("openai"), "another-key");
            assertThat(Clients.ask(other)).isNotBlank();
            other.close();
        }
    }

    @Test
    void eachAnswerTellsWhatIsLeft() throws Exception {
        try (Clients clients = Clients.of(builder -> builder)) {
            HttpResponse<String> answer = clients.post(BODY);
            assertThat(answer.headers().firstValue("x-ratelimit-limit-requests"))
                    .contains("10000");
            assertThat(answer.headers().firstValue("x-ratelimit-reset-requests"))
                    .contains("6ms");
            assertThat(clients.post("{}").headers().firstValue("x-ratelimit-limit-requests"))
                    .isEmpty();
        }
    }

    private static List<Integer> statuses(ErrorRates rates) throws Exception {
        try (Clients clients = Clients.of(rates)) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                statuses.add(clients.post(BODY).statusCode());
            }
            return statuses;
        }
    }

    /** A gateway, and a client of each provider. */
    private record Clients(LlmSim gateway, OpenAIClient openAi, AnthropicClient anthropic, Client gemini)
            implements AutoCloseable {
        static Clients of(ErrorRates rates) {
            return of(builder -> builder.errors(rates));
        }

        static Clients of(UnaryOperator<LlmSimBuilder> told) {
            LlmSim gateway = told.apply(LlmSim.builder(Mode.SIMULATE)
                            .latency(Latency.INSTANT)
                            .seed(1))
                    .start();
            return new Clients(
                    gateway,
                    Sdks.openAi(gateway.baseUrl("openai"), "any"),
                    Sdks.anthropic(gateway.baseUrl("anthropic"), "any"),
                    Sdks.gemini(gateway.baseUrl("gemini"), "any"));
        }

        String askOpenAi() {
            return ask(openAi);
        }

        static String ask(OpenAIClient client) {
            return client.chat()
                    .completions()
                    .create(ChatCompletionCreateParams.builder()
                            .model("gpt-4o")
                            .addUserMessage("hi")
                            .build())
                    .id();
        }

        String askAnthropic() {
            return anthropic
                    .messages()
                    .create(MessageCreateParams.builder()
                            .model("claude-sonnet-4-5")
                            .maxTokens(10)
                            .addUserMessage("hi")
                            .build())
                    .id();
        }

        String askGemini() {
            return String.valueOf(gemini.models
                    .generateContent("gemini-2.0-flash", "hi", null)
                    .text());
        }

        void geminiSays(int code, String status) {
            ApiException error = catchThrowableOfType(ApiException.class, this::askGemini);
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.status()).isEqualTo(status);
        }

        HttpResponse<String> post(String json) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.baseUrl("openai") + "/v1/chat/completions"))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json))
                    .build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        }

        String stats() throws Exception {
            HttpRequest request = HttpRequest.newBuilder(gateway.address().resolve("/llmsim/stats"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        }

        @Override
        public void close() {
            openAi.close();
            anthropic.close();
            gemini.close();
            gateway.close();
        }
    }
}
