package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import dev.llmsim.testkit.RawUpstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Gemini SDK hears from a tape what it heard from the provider. */
class GeminiSdkTest {
    private static final String STREAM = "gemini-stream-generate-content-c44976ea";
    private static final String CONTENT = "gemini-generate-content-79e9a65b";
    private static final GenerateContentConfig CONFIG =
            GenerateContentConfig.builder().temperature(0.5f).build();

    @TempDir
    Path tape;

    @Test
    void contentWithAndWithoutStream() {
        TwoTakes takes = new TwoTakes(tape, "gemini");
        List<String> direct;
        TwoTakes.Take recorded;
        try (WireMockProvider provider = WireMockProvider.start()
                .answering("/v1beta/models/gemini-3.5-flash:generateContent", CONTENT, stub -> stub)
                .answering("/v1beta/models/gemini-2.5-pro:streamGenerateContent", STREAM, stub -> stub)) {
            direct = conversation(provider.uri(), "key-direct");
            recorded = takes.recorded(provider.uri(), GeminiSdkTest::conversation);
            assertThat(provider.received("x-goog-api-key"))
                    .contains("sk-recording-1f0c7b2e94")
                    .hasSize(4);
        }
        TwoTakes.Take replayed = takes.replayed(GeminiSdkTest::conversation);

        assertThat(direct).first().asString().contains("\"text\":\"4\"");
        assertThat(direct).hasSize(24).last().asString().contains("stay alert and be predictable");
        assertThat(recorded.heard()).isEqualTo(direct);
        assertThat(replayed.heard()).isEqualTo(direct);
        assertThat(recorded.answers()).containsExactly("upstream 200", "upstream 200");
        assertThat(replayed.answers()).containsExactly("recorded 200", "recorded 200");
    }

    @Test
    void streamCutInsideCharacters() throws IOException {
        TwoTakes takes = new TwoTakes(tape, "gemini");
        String clean = WireMockProvider.shipped(STREAM)
                .response()
                .body()
                .utf8()
                .replace("\r\n", "\n")
                .replace("Walk straight", "Прямо 🚶 todo recto");
        List<String> direct;
        TwoTakes.Take recorded;
        try (RawUpstream provider = MessyEventStream.provider(clean)) {
            direct = stream(provider.uri(), "key-direct");
            recorded = takes.recorded(provider.uri(), GeminiSdkTest::stream);
        }
        TwoTakes.Take replayed = takes.replayed(GeminiSdkTest::stream);

        assertThat(String.join("", direct)).contains("Прямо 🚶 todo recto across the street");
        assertThat(recorded.heard()).isEqualTo(direct);
        assertThat(replayed.heard()).isEqualTo(direct);
        assertThat(recorded.answers()).containsExactly("upstream 200");
        assertThat(replayed.answers()).containsExactly("recorded 200");
    }

    private static List<String> conversation(URI base, String apiKey) {
        try (Client client = Sdks.gemini(base, apiKey)) {
            List<String> heard = new ArrayList<>();
            heard.add(json(client.models.generateContent("gemini-3.5-flash", "What is 2 + 2?", CONFIG)));
            heard.addAll(stream(client));
            return heard;
        }
    }

    private static List<String> stream(URI base, String apiKey) {
        try (Client client = Sdks.gemini(base, apiKey)) {
            return stream(client);
        }
    }

    private static List<String> stream(Client client) {
        List<String> heard = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> answer =
                client.models.generateContentStream("gemini-2.5-pro", "How do I cross the street?", CONFIG)) {
            answer.forEach(part -> heard.add(json(part)));
        }
        return heard;
    }

    /** The answer without the headers that it came with. */
    private static String json(GenerateContentResponse response) {
        return response.toBuilder().clearSdkHttpResponse().build().toJson();
    }
}
