package dev.llmsim.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Header;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChatAnswersTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String ASK = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
            + "{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}]";

    @Test
    void aWholeAnswerHasTheMembersAndTheOrderOfTheRealOne() {
        FixedEngine engine = FixedEngine.answering(
                Finish.STOP, new Content.Thought(List.of("hm"), 3), new Content.Text(List.of("Hi", "!")));

        Asked asked = Asked.post(engine, PATH, ASK + "}");

        assertThat(asked.text().replaceFirst("chatcmpl-[A-Za-z0-9]{29}\"", "ID\""))
                .isEqualTo("{\"id\":\"ID\",\"object\":\"chat.completion\",\"created\":1770933892,\"model\":\"gpt-4o\","
                        + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi!\","
                        + "\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":3,\"audio_tokens\":0,"
                        + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}},"
                        + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_llmsim\"}");
        assertThat(asked.answer().work().shownTokens()).isEqualTo(2);
        assertThat(asked.answer().headers().lines())
                .extracting(Header::name)
                .containsExactly(
                        "content-type",
                        "openai-organization",
                        "openai-processing-ms",
                        "openai-project",
                        "openai-version",
                        "x-request-id");
        assertThat(asked.answer().headers().first("x-request-id").orElseThrow()).matches("req_[0-9a-f]{32}");
    }

    @Test
    void callsOfToolsComeAsTheirKind() {
        FixedEngine engine = FixedEngine.answering(
                Finish.TOOL_CALLS,
                new Content.ToolCall("call_1", "f", List.of("{\"a\"", ":1}")),
                new Content.ToolCall("", "c", List.of("{\"input\":", "\"x", " = 1", "\"}")));

        JsonNode choice = Asked.post(engine, PATH, ASK + TOOLS + "}").json().at("/choices/0");

        assertThat(choice.at("/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(choice.at("/message/content").isNull()).isTrue();
        assertThat(choice.at("/message/tool_calls/0").toString())
                .isEqualTo("{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{\\\"a\\\":1}\"}}");
        assertThat(choice.at("/message/tool_calls/1/id").asText()).matches("call_[A-Za-z0-9]{24}");
        assertThat(choice.at("/message/tool_calls/1/custom").toString())
                .isEqualTo("{\"name\":\"c\",\"input\":\"x = 1\"}");
        assertThat(fields(choice.at("/message")))
                .containsExactly("role", "content", "tool_calls", "refusal", "annotations");
    }

    @Test
    void aCustomToolsInputIsStreamedAsText() {
        FixedEngine engine = FixedEngine.answering(
                Finish.TOOL_CALLS, new Content.ToolCall("call_1", "c", List.of("{\"input\":", "\"x = 1", "\"}")));

        Asked asked = Asked.post(engine, PATH, ASK + TOOLS + ",\"stream\":true}");

        List<JsonNode> deltas = deltas(asked);
        assertThat(deltas.get(0).at("/tool_calls/0").toString())
                .isEqualTo("{\"index\":0,\"id\":\"call_1\",\"type\":\"custom\",\"custom\":{\"name\":\"c\","
                        + "\"input\":\"\"}}");
        assertThat(deltas.subList(1, deltas.size() - 1).stream()
                        .map(delta -> delta.at("/tool_calls/0/custom/input").asText())
                        .toList())
                .hasSize(asked.answer().work().shownTokens())
                .satisfies(inputs -> assertThat(String.join("", inputs)).isEqualTo("x = 1"));
    }

    @Test
    void functionsAreCalledInTheirOldForm() {
        FixedEngine engine = FixedEngine.answering(
                Finish.TOOL_CALLS,
                new Content.ToolCall("call_1", "f", List.of("{", "}")),
                new Content.ToolCall("call_2", "f", List.of("{}")));
        String ask = ASK + ",\"functions\":[{\"name\":\"f\"}],\"function_call\":{\"name\":\"f\"}";

        JsonNode choice = Asked.post(engine, PATH, ask + "}").json().at("/choices/0");
        List<JsonNode> deltas = deltas(Asked.post(engine, PATH, ask + ",\"stream\":true}"));

        assertThat(choice.at("/message/function_call").toString()).isEqualTo("{\"name\":\"f\",\"arguments\":\"{}\"}");
        assertThat(choice.at("/message").has("tool_calls")).isFalse();
        assertThat(choice.at("/finish_reason").asText()).isEqualTo("function_call");
        assertThat(deltas.toString())
                .isEqualTo("[{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\","
                        + "\"arguments\":\"\"},\"refusal\":null}, {\"function_call\":{\"arguments\":\"{\"}}, "
                        + "{\"function_call\":{\"arguments\":\"}\"}}, {}]");
    }

    @Test
    void aRefusalStandsInItsOwnMember() {
        FixedEngine engine = FixedEngine.answering(
                new Finish(Finish.Reason.REFUSAL, null), new Content.Refusal(List.of("I", " won't")));

        JsonNode choice =
                Asked.post(engine, PATH, ASK + ",\"logprobs\":true}").json().at("/choices/0");
        Asked stream = Asked.post(engine, PATH, ASK + ",\"stream\":true,\"logprobs\":true}");

        assertThat(choice.at("/message/refusal").asText()).isEqualTo("I won't");
        assertThat(choice.at("/message/content").isNull()).isTrue();
        assertThat(choice.at("/finish_reason").asText()).isEqualTo("stop");
        assertThat(choice.at("/logprobs/content").isNull()).isTrue();
        assertThat(choice.at("/logprobs/refusal")).hasSize(2);
        assertThat(deltas(stream).toString())
                .isEqualTo("[{\"role\":\"assistant\",\"content\":null,\"refusal\":\"\"}, {\"refusal\":\"I\"},"
                        + " {\"refusal\":\" won't\"}, {}]");
        assertThat(stream.chunks().get(1).at("/choices/0/logprobs/refusal")).hasSize(1);
        assertThat(stream.chunks().get(1).at("/choices/0/logprobs/content").isNull())
                .isTrue();
    }

    @Test
    void logprobsAreNegativeOrderedAndTheSameInBothForms() {
        FixedEngine engine = Asked.saying("The", " sky", " é");

        JsonNode whole = Asked.post(engine, PATH, ASK + ",\"logprobs\":true,\"top_logprobs\":20}")
                .json()
                .at("/choices/0/logprobs");
        List<JsonNode> chunks = Asked.post(
                        engine, PATH, ASK + ",\"logprobs\":true,\"top_logprobs\":20,\"stream\":true}")
                .chunks();

        assertThat(whole.at("/refusal").isNull()).isTrue();
        assertThat(whole.at("/content/2/bytes").toString()).isEqualTo("[32,195,169]");
        for (int i = 0; i < 3; i++) {
            JsonNode entry = whole.at("/content/" + i);
            assertThat(fields(entry)).containsExactly("token", "logprob", "bytes", "top_logprobs");
            assertThat(entry.at("/top_logprobs/0/token")).isEqualTo(entry.at("/token"));
            assertAlternatives(entry.at("/top_logprobs"));
            assertThat(chunks.get(i + 1).at("/choices/0/logprobs/content/0")).isEqualTo(entry);
        }
        assertThat(chunks.get(0).at("/choices/0/logprobs").toString()).isEqualTo("{\"content\":[],\"refusal\":null}");
        assertThat(chunks.get(4).at("/choices/0/logprobs").isNull()).isTrue();
    }

    private static void assertAlternatives(JsonNode alternatives) {
        Set<String> tokens = new HashSet<>();
        double before = 0;
        double sum = 0;
        for (JsonNode one : alternatives) {
            double logprob = one.path("logprob").asDouble();
            assertThat(logprob).isLessThan(before);
            before = logprob;
            sum += Math.exp(logprob);
            tokens.add(one.path("token").asText());
        }
        assertThat(tokens).hasSize(20);
        assertThat(sum).isLessThanOrEqualTo(1.0000001);
    }

    @Test
    void choicesTakeTurnsInAStream() {
        Usage usage = new Usage(10, 3, 0, 0, 0);
        FixedEngine engine = FixedEngine.answering(prompt -> new Reply(
                List.of(
                        new Choice(List.of(new Content.Text(List.of("a", "b"))), Finish.LENGTH),
                        new Choice(List.of(new Content.Text(List.of("c"))), Finish.STOP)),
                usage));

        Asked asked = Asked.post(
                engine,
                PATH,
                ASK + ",\"n\":2,\"stream\":true,\"stream_options\":{\"include_usage\":true,"
                        + "\"include_obfuscation\":false}}");

        List<String> steps = new ArrayList<>();
        for (JsonNode chunk : asked.chunks()) {
            JsonNode choice = chunk.at("/choices/0");
            steps.add(choice.path("index").asText()
                    + choice.at("/delta/content").asText("-")
                    + choice.path("finish_reason").asText(""));
            assertThat(chunk.has("usage")).isTrue();
            assertThat(chunk.has("obfuscation")).isFalse();
        }
        assertThat(steps).containsExactly("0", "1", "0a", "1c", "0b", "0-length", "1-stop", "-");
        assertThat(asked.answer().pieces().stream().map(Piece::tokens)).containsExactly(0, 0, 1, 2, 3, 3, 3, 3, 3);
        assertThat(engine.prompts().get(0).sampling().choices()).isEqualTo(2);
    }

    @Test
    void withoutOptionsChunksHaveNoUsageButPadding() {
        for (JsonNode chunk :
                Asked.post(Asked.saying("a"), PATH, ASK + ",\"stream\":true}").chunks()) {
            assertThat(chunk.has("usage")).isFalse();
            assertThat(chunk.path("obfuscation").isTextual()).isTrue();
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        String seeded = ASK + ",\"seed\":7,\"stream\":true}";

        assertThat(Asked.post(Asked.saying("a"), PATH, seeded).answer())
                .isEqualTo(Asked.post(Asked.saying("a"), PATH, seeded).answer())
                .isNotEqualTo(Asked.post(Asked.saying("a"), PATH, ASK + ",\"seed\":8,\"stream\":true}")
                        .answer());
    }

    @Test
    void theTierThatWasAskedForIsNamed() {
        assertThat(Asked.post(Asked.saying("a"), PATH, ASK + ",\"service_tier\":\"flex\"}")
                        .json()
                        .path("service_tier")
                        .asText())
                .isEqualTo("flex");
    }

    private static List<JsonNode> deltas(Asked asked) {
        return asked.chunks().stream()
                .map(chunk -> chunk.at("/choices/0/delta"))
                .toList();
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
