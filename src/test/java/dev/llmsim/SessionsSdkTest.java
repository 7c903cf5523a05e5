package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The providers' own clients, each in a session: by base URL, and by API key. */
class SessionsSdkTest {
    private static LlmSim gateway;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String openAi(URI base, String key) {
        OpenAIClient client = Sdks.openAi(base, key);
        try {
            return client.chat()
                    .completions()
                    .create(ChatCompletionCreateParams.builder()
                            .model("gpt-4o")
                            .addUserMessage("Tell me a story.")
                            .build())
                    .choices()
                    .get(0)
                    .message()
                    .content()
                    .orElseThrow();
        } finally {
            client.close();
        }
    }

    private static String anthropic(URI base, String key) {
        AnthropicClient client = Sdks.anthropic(base, key);
        try {
            return client.messages()
                    .create(MessageCreateParams.builder()
                            .model("claude-sonnet-4-5")
                            .maxTokens(1000)
                            .addUserMessage("Tell me a story.")
                            .build())
                    .content()
                    .get(0)
                    .asText()
                    .text();
        } finally {
            client.close();
        }
    }

    private static String gemini(URI base, String key) {
        try (Client client = Sdks.gemini(base, key)) {
            return String.valueOf(client.models
                    .generateContent("gemini-2.0-flash", "Tell me a story.", null)
                    .text());
        }
    }

    @Test
    void addressAndKeyLeadToTheSameSession() {
        try (LlmSimSession session = gateway.session("sdk-1")) {
            assertThat(openAi(session.baseUrl("openai"), "any"))
                    .isEqualTo(openAi(gateway.baseUrl("openai"), session.apiKey()))
                    .isNotEqualTo(openAi(gateway.baseUrl("openai"), "any"));
            assertThat(anthropic(session.baseUrl("anthropic"), "any"))
                    .isEqualTo(anthropic(gateway.baseUrl("anthropic"), session.apiKey()))
                    .isNotEqualTo(anthropic(gateway.baseUrl("anthropic"), "any"));
            assertThat(gemini(session.baseUrl("gemini"), "any"))
                    .isEqualTo(gemini(gateway.baseUrl("gemini"), session.apiKey()))
                    .isNotEqualTo(gemini(gateway.baseUrl("gemini"), "any"));
            await().until(() -> session.requestsBySource().equals(Map.of("synthetic", 6L)));
        }
        assertThat(gateway.session("sdk-1").requestsBySource()).isEmpty();
    }

    @Test
    void aGivenSeedDecides() {
        try (LlmSimSession one = gateway.session("seeded-1", 5);
                LlmSimSession other = gateway.session("seeded-2", 5)) {
            assertThat(one.seed()).isEqualTo(5);
            assertThat(openAi(one.baseUrl("openai"), "any")).isEqualTo(openAi(other.baseUrl("openai"), "any"));
            assertThatIllegalStateException().isThrownBy(() -> gateway.session("seeded-1", 6));
        }
    }

    @Test
    void aBadIdIsTheSdksTypedError() {
        assertThatThrownBy(() -> openAi(gateway.baseUrl("openai"), "llmsim-no/id"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("session in the API key");
    }
}
