package dev.llmsim;

import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.llmsim.testkit.RawUpstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Anthropic SDK hears from a tape what it heard from the provider. */
class AnthropicSdkTest {
    private static final String STREAM = "anthropic-messages-f132d255";
    private static final String MESSAGE = "anthropic-messages-a4202a41";

    @TempDir
    Path tape;

    @Test
    void messagesWithAndWithoutStream() {
        TwoTakes takes = new TwoTakes(tape, "anthropic");
        List<String> direct;
        TwoTakes.Take recorded;
        try (WireMockProvider provider = WireMockProvider.start()
                .answering("/v1/messages", MESSAGE, stub -> stub)
                .answering(
                        "/v1/messages",
                        STREAM,
                        stub -> stub.withRequestBody(matchingJsonPath("$[?(@.stream == true)]")))) {
            direct = conversation(provider.uri(), "sk-direct");
            recorded = takes.recorded(provider.uri(), AnthropicSdkTest::conversation);
            assertThat(provider.received("authorization"))
                    .contains("Bearer sk-recording-1f0c7b2e94")
                    .hasSize(4);
        }
        TwoTakes.Take replayed = takes.replayed(AnthropicSdkTest::conversation);

        assertThat(direct).first().asString().contains("La Ville Lumière");
        assertThat(direct).element(1).asString().startsWith("Here are the basic steps for safely crossing");
        assertThat(recorded.heard()).isEqualTo(direct);
        assertThat(replayed.heard()).isEqualTo(direct);
        assertThat(recorded.answers()).containsExactly("upstream 200", "upstream 200");
        assertThat(replayed.answers()).containsExactly("recorded 200", "recorded 200");
    }

    @Test
    void streamCutInsideCharactersWithCommentsAndDataOfSeveralLines() throws IOException {
        TwoTakes takes = new TwoTakes(tape, "anthropic");
        String clean = WireMockProvider.shipped(STREAM).response().body().utf8().replace("Here are", "Здесь 🚦 Voilà");
        List<String> direct;
        TwoTakes.Take recorded;
        try (RawUpstream provider = MessyEventStream.provider(MessyEventStream.of(clean, "index"))) {
            direct = stream(provider.uri(), "sk-direct");
            recorded = takes.recorded(provider.uri(), AnthropicSdkTest::stream);
        }
        TwoTakes.Take replayed = takes.replayed(AnthropicSdkTest::stream);

        assertThat(direct).first().asString().startsWith("Здесь 🚦 Voilà the basic steps for safely crossing");
        assertThat(recorded.heard()).isEqualTo(direct);
        assertThat(replayed.heard()).isEqualTo(direct);
        assertThat(recorded.answers()).containsExactly("upstream 200");
        assertThat(replayed.answers()).containsExactly("recorded 200");
    }

    private static List<String> conversation(URI base, String apiKey) {
        AnthropicClient client = Sdks.anthropic(base, apiKey);
        try {
            List<String> heard = new ArrayList<>();
            heard.add(client.messages()
                    .create(question("Tell me a brief fact about Paris").build())
                    .toString());
            heard.addAll(stream(client));
            return heard;
        } finally {
            client.close();
        }
    }

    private static List<String> stream(URI base, String apiKey) {
        AnthropicClient client = Sdks.anthropic(base, apiKey);
        try {
            return stream(client);
        } finally {
            client.close();
        }
    }

    /** The text, then every event. */
    private static List<String> stream(AnthropicClient client) {
        MessageCreateParams question =
                question("How do I cross the street?").enabledThinking(1024).build();
        try (StreamResponse<RawMessageStreamEvent> answer = client.messages().createStreaming(question)) {
            List<RawMessageStreamEvent> events = answer.stream().toList();
            List<String> heard = new ArrayList<>();
            heard.add(events.stream()
                    .flatMap(event -> event.contentBlockDelta().stream())
                    .flatMap(delta -> delta.delta().text().stream())
                    .map(text -> text.text())
                    .collect(Collectors.joining()));
            events.forEach(event -> heard.add(event.toString()));
            return heard;
        }
    }

    private static MessageCreateParams.Builder question(String text) {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-0")
                .maxTokens(4096)
                .addUserMessage(text);
    }
}
