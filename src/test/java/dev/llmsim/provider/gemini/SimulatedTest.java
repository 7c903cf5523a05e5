package dev.llmsim.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.synth.Simulator;
import dev.llmsim.synth.SynthSettings;
import dev.llmsim.synth.SynthState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulator itself, speaking this API. */
class SimulatedTest {
    private static final String TOOLS =
            "\"tools\":[{\"functionDeclarations\":[{\"name\":\"get_weather\",\"parameters\":"
                    + "{\"type\":\"OBJECT\",\"properties\":{\"city\":{\"type\":\"STRING\"}},\"required\":[\"city\"]}},"
                    + "{\"name\":\"get_time\"}]}]";

    private final Simulator simulator = new Simulator(List.of(new GeminiSurface()), SynthSettings.DEFAULT);
    private final SynthState state = new SynthState(7);

    private Asked asked(String target, String members) {
        Request request = new Request("gemini", "POST", target, Headers.EMPTY, Bytes.utf8(Asked.hi(members)));
        return new Asked(
                simulator.answer(request, Dialect.GEMINI, state, 1_770_000_000).orElseThrow());
    }

    @Test
    void aStreamSaysWhatTheWholeAnswerSays() {
        StringBuilder joined = new StringBuilder();
        List<JsonNode> chunks = asked(Asked.STREAM, "").chunks();
        chunks.forEach(chunk ->
                joined.append(chunk.at("/candidates/0/content/parts/0/text").asText()));
        JsonNode whole = asked(Asked.WHOLE, "").json();

        assertThat(joined.toString())
                .isNotEmpty()
                .isEqualTo(whole.at("/candidates/0/content/parts/0/text").asText());
        assertThat(chunks.get(chunks.size() - 1)
                        .at("/candidates/0/finishReason")
                        .asText())
                .isEqualTo("STOP");
    }

    @Test
    void aSeedGivesTheSameBytesAgain() {
        String seed = "\"generationConfig\":{\"seed\":4}";

        assertThat(asked(Asked.STREAM, seed).text())
                .isEqualTo(asked(Asked.STREAM, seed).text());
    }

    @Test
    void limitsFormsAndModesAreObeyed() {
        JsonNode cut = asked(Asked.WHOLE, "\"generationConfig\":{\"maxOutputTokens\":3}")
                .json();
        JsonNode call = asked(
                        Asked.WHOLE,
                        TOOLS + ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\","
                                + "\"allowedFunctionNames\":[\"get_weather\"]}}")
                .json()
                .path("candidates")
                .path(0);
        JsonNode form = asked(
                        Asked.WHOLE,
                        "\"generationConfig\":{\"candidateCount\":2,\"responseMimeType\":\"application/json\","
                                + "\"responseSchema\":{\"type\":\"OBJECT\",\"properties\":{\"n\":{\"type\":\"INTEGER\"}},"
                                + "\"required\":[\"n\"]}}")
                .json();

        assertThat(cut.at("/candidates/0/finishReason").asText()).isEqualTo("MAX_TOKENS");
        assertThat(cut.at("/usageMetadata/candidatesTokenCount").asInt()).isEqualTo(3);
        assertThat(call.at("/content/parts/0/functionCall/name").asText()).isEqualTo("get_weather");
        assertThat(call.at("/content/parts/0/functionCall/args/city").isTextual())
                .isTrue();
        assertThat(call.path("finishReason").asText()).isEqualTo("STOP");
        assertThat(form.path("candidates"))
                .hasSize(2)
                .allMatch(candidate -> Asked.parsed(
                                candidate.at("/content/parts/0/text").asText())
                        .path("n")
                        .isInt());
    }

    @Test
    void thoughtsAreShownWhereAskedForAndCountedApart() {
        JsonNode json = asked(Asked.WHOLE, "\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}")
                .json();
        JsonNode usage = json.path("usageMetadata");

        assertThat(json.at("/candidates/0/content/parts/0/thought").asBoolean()).isTrue();
        assertThat(usage.path("thoughtsTokenCount").asInt()).isPositive();
        assertThat(usage.path("totalTokenCount").asInt())
                .isEqualTo(usage.path("promptTokenCount").asInt()
                        + usage.path("candidatesTokenCount").asInt()
                        + usage.path("thoughtsTokenCount").asInt());
    }

    @Test
    void imagesAreCountedApart() {
        String image = "{\"contents\":[{\"parts\":[{\"text\":\"what?\"},{\"inline_data\":"
                + "{\"mime_type\":\"image/png\",\"data\":\"AAAA\"}}]}]}";
        Request request = new Request(
                "gemini", "POST", "/v1/models/gemini-2.5-flash:countTokens", Headers.EMPTY, Bytes.utf8(image));
        JsonNode counted =
                new Asked(simulator.answer(request, Dialect.GEMINI, state, 0).orElseThrow()).json();

        assertThat(counted.at("/promptTokensDetails/1/modality").asText()).isEqualTo("IMAGE");
        assertThat(counted.at("/promptTokensDetails/0/tokenCount").asInt()
                        + counted.at("/promptTokensDetails/1/tokenCount").asInt())
                .isEqualTo(counted.path("totalTokens").asInt());
    }
}
