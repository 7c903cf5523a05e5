package dev.llmsim.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.traffic.RealTraffic;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvokeModelTest {
    private static final String CLAUDE = "anthropic.claude-3-5-sonnet-20241022-v2%3A0";
    private static final String ARN =
            "arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fa1b2c3";
    private static final String ASK = "{'anthropic_version':'bedrock-2023-05-31','max_tokens':100,"
            + "'messages':[{'role':'user','content':'hi'}]}";
    private static final FixedEngine CALLING = FixedEngine.answering(
            Finish.TOOL_CALLS,
            new Content.Text(List.of("H", "i")),
            new Content.ToolCall("tooluse_abcdefghij0123456789XY", "f", List.of("{\"a\"", ":1}")));

    @Test
    void claudeAnswersInItsOwnFormat() {
        Asked asked = post(CALLING, CLAUDE, "invoke", ASK);
        JsonNode message = asked.json();

        assertThat(message.path("id").asText()).startsWith("msg_bdrk_01");
        assertThat(message.path("model").asText()).isEqualTo("claude-3-5-sonnet-20241022");
        assertThat(message.path("stop_reason").asText()).isEqualTo("tool_use");
        assertThat(message.at("/content/0/text").asText()).isEqualTo("Hi");
        assertThat(message.at("/content/1/id").asText()).isEqualTo("toolu_bdrk_01abcdefghij0123456789XY");
        assertThat(message.at("/content/1/input/a").asInt()).isEqualTo(1);
        assertThat(message.at("/usage/input_tokens").asInt()).isEqualTo(10);
        assertThat(asked.header("x-amzn-bedrock-input-token-count")).isEqualTo("10");
        assertThat(asked.header("x-amzn-bedrock-output-token-count")).isEqualTo("4");
        assertThat(asked.header("x-amzn-bedrock-invocation-latency")).isNotEmpty();
    }

    @Test
    void claudesEventsTravelInChunksAndTheLastTellsWhatItTook() {
        Asked asked = post(CALLING, CLAUDE, "invoke-with-response-stream", ASK);
        List<JsonNode> events = chunks(asked);

        assertThat(events)
                .extracting(event -> event.path("type").asText())
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        JsonNode metrics = events.get(11).path("amazon-bedrock-invocationMetrics");
        assertThat(metrics.path("inputTokenCount").asInt()).isEqualTo(10);
        assertThat(metrics.path("outputTokenCount").asInt()).isEqualTo(4);
        assertThat(metrics.path("firstByteLatency").asInt())
                .as("as it is played: a second a token")
                .isEqualTo(1_000);
        assertThat(metrics.path("invocationLatency").asInt())
                .isEqualTo(1_000 * asked.answer().work().shownTokens());
        assertThat(asked.header("content-type")).isEqualTo("application/vnd.amazon.eventstream");
        assertThat(asked.header("x-amzn-bedrock-content-type")).isEqualTo("application/json");
        assertThat(asked.answer().work().streamed()).isTrue();
    }

    @Test
    void theBodyTellsTheFamilyWhereTheIdDoesNot() {
        assertThat(post(CALLING, ARN, "invoke", ASK).json().path("type").asText())
                .isEqualTo("message");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'max_tokens':5,'messages':[]} | anthropic_version: Field required
            {'anthropic_version':'2023-06-01','max_tokens':5} | anthropic_version: Input should be 'bedrock-2023-05-31'
            {'anthropic_version':'bedrock-2023-05-31','messages':[{'role':'user','content':'hi'}]} | max_tokens: Field required
            """)
    void whatIsWrongWithClaudesBodyIsAValidationException(String body, String message) {
        Asked asked = post(CALLING, CLAUDE, "invoke", body);

        assertThat(asked.json().path("message").asText()).isEqualTo(message);
        assertThat(asked.header("x-amzn-errortype")).isEqualTo("ValidationException");
    }

    @Test
    void novaAnswersAsConverseDoesAndNamesItsEvents() {
        String body = "{'schemaVersion':'messages-v1','messages':[{'role':'user','content':[{'text':'hi'}]}],"
                + "'inferenceConfig':{'max_new_tokens':5}}";
        FixedEngine engine = Asked.saying("H", "i");
        JsonNode whole =
                post(engine, "us.amazon.nova-lite-v1%3A0", "invoke", body).json();
        List<JsonNode> events = chunks(post(engine, "us.amazon.nova-lite-v1%3A0", "invoke-with-response-stream", body));

        assertThat(engine.prompts().get(0).sampling().maxTokens()).isEqualTo(5);
        assertThat(whole.at("/output/message/content/0/text").asText()).isEqualTo("Hi");
        assertThat(whole.at("/usage/totalTokens").asInt()).isEqualTo(12);
        assertThat(events)
                .extracting(event -> event.fieldNames().next())
                .containsExactly(
                        "messageStart",
                        "contentBlockDelta",
                        "contentBlockDelta",
                        "contentBlockStop",
                        "messageStop",
                        "metadata");
        assertThat(events.get(5).has("amazon-bedrock-invocationMetrics")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            amazon.titan-text-express-v1   | {'inputText':'hi','textGenerationConfig':{'maxTokenCount':9}} | {"inputTextTokenCount":10,"results":[{"tokenCount":2,"outputText":"Hi","completionReason":"LENGTH"}]} | /outputText
            meta.llama3-70b-instruct-v1%3A0 | {'prompt':'hi','max_gen_len':9} | {"generation":"Hi","prompt_token_count":10,"generation_token_count":2,"stop_reason":"length"} | /generation
            mistral.mistral-7b-instruct-v0%3A2 | {'prompt':'hi','max_tokens':9} | {"outputs":[{"text":"Hi","stop_reason":"length"}]} | /outputs/0/text
            cohere.command-r-plus-v1%3A0   | {'message':'hi','max_tokens':9} | {"response_id":"00000000-0000-4000-8000-000000000001","text":"Hi","generation_id":"00000000-0000-4000-8000-000000000001","chat_history":[{"role":"USER","message":"hi"},{"role":"CHATBOT","message":"Hi"}],"finish_reason":"MAX_TOKENS"} | /text
            """)
    void textsAreWrittenInTheFamilysFormat(String model, String body, String whole, String delta) {
        FixedEngine engine = FixedEngine.answering(Finish.LENGTH, new Content.Text(List.of("H", "i")));
        Asked asked = post(engine, model, "invoke", body);
        List<JsonNode> events = chunks(post(engine, model, "invoke-with-response-stream", body));

        assertThat(asked.json()).hasToString(whole);
        assertThat(engine.prompts().get(0).sampling().maxTokens()).isEqualTo(9);
        assertThat(engine.prompts().get(0).turns().get(0).text()).isEqualTo("hi");
        assertThat(events).hasSize(3);
        assertThat(events.get(0).at(delta).asText() + events.get(1).at(delta).asText())
                .isEqualTo("Hi");
        assertThat(events.get(2)
                        .at("/amazon-bedrock-invocationMetrics/outputTokenCount")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void novasEmbeddingHasTheRecordedShape() {
        RealTraffic.Interaction recorded = RealTraffic.all().stream()
                .filter(one -> one.uri().contains("nova-2-multimodal-embeddings"))
                .findFirst()
                .orElseThrow();
        JsonNode real = Asked.read(recorded.body());
        Asked ours = Asked.post(
                Asked.saying(),
                "amazon.nova-2-multimodal-embeddings-v1%3A0",
                "invoke",
                recorded.requestBody().utf8());

        assertThat(ours.json().at("/embeddings/0/embedding")).hasSameSizeAs(real.at("/embeddings/0/embedding"));
        assertThat(ours.json().at("/embeddings/0/embeddingType")).isEqualTo(real.at("/embeddings/0/embeddingType"));
        assertThat(ours.answer().headers().contains("x-amzn-bedrock-input-token-count"))
                .isTrue();
    }

    @Test
    void titanAndCohereEmbed() {
        JsonNode titan = post(
                        Asked.saying(),
                        "amazon.titan-embed-text-v2%3A0",
                        "invoke",
                        "{'inputText':'a red house','dimensions':256}")
                .json();
        JsonNode cohere = post(
                        Asked.saying(),
                        "cohere.embed-english-v3",
                        "invoke",
                        "{'texts':['a','b'],'input_type':'search_query'}")
                .json();

        assertThat(titan.path("embedding")).hasSize(256);
        assertThat(titan.path("inputTextTokenCount").asInt()).isEqualTo(3);
        assertThat(cohere.path("embeddings")).hasSize(2);
        assertThat(cohere.path("embeddings").get(1)).hasSize(1024);
        assertThat(cohere.path("response_type").asText()).isEqualTo("embeddings_floats");
    }

    @Test
    void anUnknownFamilyIsToldWhatIsSupported() {
        Asked asked = post(Asked.saying("x"), "ai21.jamba-1-5-large-v1%3A0", "invoke", "{'messages':[]}");

        assertThat(asked.answer().status()).isEqualTo(400);
        assertThat(asked.header("x-amzn-errortype")).isEqualTo("ValidationException");
        assertThat(asked.json().path("message").asText())
                .contains("'ai21.jamba-1-5-large-v1:0'")
                .contains("Anthropic Claude", "Amazon Nova", "Meta Llama", "Use Converse");
    }

    private static Asked post(FixedEngine engine, String model, String operation, String json) {
        return Asked.post(engine, model, operation, json.replace('\'', '"'));
    }

    private static List<JsonNode> chunks(Asked asked) {
        return asked.events().stream()
                .map(event -> {
                    assertThat(event.type()).isEqualTo("chunk");
                    byte[] json = Base64.getDecoder()
                            .decode(event.payload().path("bytes").asText());
                    return Asked.read(Bytes.wrap(json));
                })
                .toList();
    }
}
