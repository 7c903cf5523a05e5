package dev.llmsim.synth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.model.Catalogue;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.openai.responses.ResponsesEndpoints;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Piece;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import dev.llmsim.provider.simulation.Timeline;
import dev.llmsim.provider.simulation.Work;
import dev.llmsim.traffic.RealTraffic;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Responses API with the engine that answers it. */
class ResponsesSimulationTest {
    private static final long NOW = 1_770_000_000;
    private static final String PATH = "/v1/responses";

    private final SynthState state = new SynthState(7);
    private final Simulator echoing = simulator("echo", 100);

    private static final Tempo EVERY_SECOND = new Tempo() {
        @Override
        public void seeded(long seed) {}

        @Override
        public Timeline timeline(Work work) {
            return FixedEngine.everySecond(work);
        }
    };

    private static Simulator simulator(String generator, int tokens) {
        SynthSettings settings = new SynthSettings(
                Generator.parse(generator).generator(), tokens, ToolUse.MENTIONED, Catalogue.standard());
        OpenAiSurface surface = new OpenAiSurface(ResponsesEndpoints.all());
        return new Simulator(List.of(surface), settings);
    }

    @Test
    void anEchoRepeatsTheWholePrompt() {
        JsonNode answer = post(echoing, PATH, """
                {"model":"gpt-4o","instructions":"Be brief.","input":[{"role":"user","content":"One."},
                {"role":"assistant","content":"Two."},{"role":"user","content":"Three."}]}""");

        assertThat(answer.path("output_text").asText())
                .isEqualTo("Echo: Be brief.\nuser: One.\nassistant: Two.\nuser: Three.");
    }

    @Test
    void anEchoOfABareTextNamesNobody() {
        JsonNode instructed =
                post(echoing, PATH, "{\"model\":\"gpt-4o\",\"instructions\":\"Be brief.\",\"input\":\"One.\"}");
        JsonNode alone = post(echoing, PATH, "{\"model\":\"gpt-4o\",\"input\":\"One.\"}");

        assertThat(instructed.path("output_text").asText()).isEqualTo("Echo: Be brief.\nOne.");
        assertThat(alone.path("output_text").asText()).isEqualTo("Echo: One.");
    }

    @Test
    void aContinuedConversationCostsWhatItWouldCostAtOnce() {
        JsonNode first = post(echoing, PATH, "{\"model\":\"gpt-4o\",\"input\":\"One.\"}");
        JsonNode second = post(
                echoing,
                PATH,
                "{\"model\":\"gpt-4o\",\"input\":\"Two.\",\"previous_response_id\":" + first.path("id") + "}");
        JsonNode atOnce = post(
                echoing,
                PATH,
                "{\"model\":\"gpt-4o\",\"input\":[{\"role\":\"user\",\"content\":\"One.\"},{\"role\":\"assistant\","
                        + "\"content\":" + first.path("output_text") + "},{\"role\":\"user\",\"content\":\"Two.\"}]}");

        assertThat(second.at("/usage/input_tokens")).isEqualTo(atOnce.at("/usage/input_tokens"));
        assertThat(second.path("output_text")).isEqualTo(atOnce.path("output_text"));
        assertThat(second.at("/usage/input_tokens").asInt())
                .isGreaterThan(first.at("/usage/total_tokens").asInt());
    }

    @Test
    void inTheBackgroundAResponseTakesItsTime() {
        Simulator counting = simulator("fixed:one two three four", 100);
        JsonNode created = post(counting, PATH, "{\"model\":\"gpt-4o\",\"input\":\"Go.\",\"background\":true}");
        String path = PATH + "/" + created.path("id").asText();

        assertThat(created.path("status").asText()).isEqualTo("queued");
        assertThat(get(counting, path, 0).path("status").asText()).isEqualTo("queued");
        assertThat(get(counting, path, 1).path("status").asText()).isEqualTo("in_progress");
        assertThat(get(counting, path, 3).path("status").asText()).isEqualTo("in_progress");
        JsonNode done = get(counting, path, 4);
        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(done.path("completed_at").asLong()).isEqualTo(NOW + 4);
    }

    @Test
    void whatALimitLeavesIsIncomplete() {
        JsonNode answer =
                post(simulator("lorem", 500), PATH, "{\"model\":\"gpt-5\",\"input\":\"Go.\",\"max_output_tokens\":16}");

        assertThat(answer.path("status").asText()).isEqualTo("incomplete");
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(16);
        assertThat(answer.at("/output/0/type").asText()).isEqualTo("reasoning");
        assertThat(answer.at("/incomplete_details/reason").asText()).isEqualTo("max_output_tokens");
    }

    @Test
    void anInputThatIsTooLongIsRefusedInTheWordsOfThisApi() {
        String words = "word ".repeat(20_000);
        JsonNode answer = post(echoing, PATH, "{\"model\":\"gpt-4\",\"input\":\"" + words + "\"}");

        assertThat(answer.at("/error/code").asText()).isEqualTo("context_length_exceeded");
        assertThat(answer.at("/error/param").asText()).isEqualTo("input");
    }

    @Test
    void modelsThatReasonTellNoLogProbabilities() {
        String ask = "\"input\":\"Go.\",\"top_logprobs\":1}";

        assertThat(post(echoing, PATH, "{\"model\":\"gpt-5\"," + ask)
                        .at("/error/message")
                        .asText())
                .isEqualTo("logprobs are not supported with reasoning models.");
        assertThat(post(echoing, PATH, "{\"model\":\"gpt-4o\"," + ask).at("/output/0/content/0/logprobs"))
                .isNotEmpty();
    }

    @Test
    void whatIsStoredIsBoundedAndTheOldestGoesFirst() {
        String ask = "{\"model\":\"gpt-4o\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\","
                + "\"file_data\":\"" + "A".repeat(1 << 20) + "\"}]}]}";
        String first = post(echoing, PATH, ask).path("id").asText();
        String second = post(echoing, PATH, ask).path("id").asText();
        String last = "";
        for (int i = 0; i < 62; i++) {
            get(echoing, PATH + "/" + first, 0);
            last = post(echoing, PATH, ask).path("id").asText();
        }

        assertThat(get(echoing, PATH + "/" + last, 0).path("id").asText()).isEqualTo(last);
        assertThat(get(echoing, PATH + "/" + first, 0).path("id").asText())
                .as("used again and again")
                .isEqualTo(first);
        assertThat(get(echoing, PATH + "/" + second, 0).at("/error/message").asText())
                .isEqualTo("Response with id '" + second + "' not found.");
    }

    /** What the service counted; those of tests that made their recording up are not among them. */
    @ParameterizedTest
    @CsvSource({
        "test_openai_responses_model_instructions, 0, 24",
        "test_openai_include_raw_annotations_streaming, 2, 20",
        "test_openai_responses_phase_live, 0, 63",
        "test_openai_responses_thinking_with_tool_calls, 0, 124"
    })
    void promptsCostWhatTheyCostWhenRecorded(String test, int index, int tokens) {
        RealTraffic.Interaction recorded = RealTraffic.all().stream()
                .filter(one -> one.file().contains(test + "."))
                .toList()
                .get(index);
        assertThat(recorded.body().utf8()).contains("\"input_tokens\":" + tokens);

        JsonNode counted =
                post(echoing, PATH + "/input_tokens", recorded.requestBody().utf8());

        assertThat(counted.path("input_tokens").asInt()).isEqualTo(tokens);
    }

    private JsonNode post(Simulator simulator, String target, String json) {
        return answered(simulator, SurfaceAnswer.post("openai", target, json), NOW);
    }

    private JsonNode get(Simulator simulator, String target, long secondsLater) {
        return answered(simulator, SurfaceAnswer.get("openai", target), NOW + secondsLater);
    }

    private JsonNode answered(Simulator simulator, Request request, long nowSeconds) {
        Answer answer = simulator
                .answer(
                        request,
                        Dialect.OPENAI,
                        state,
                        new Simulator.At(Instant.ofEpochSecond(nowSeconds), EVERY_SECOND))
                .orElseThrow();
        return SurfaceAnswer.parsed(
                Bytes.concat(answer.pieces().stream().map(Piece::bytes).toList())
                        .utf8());
    }
}
