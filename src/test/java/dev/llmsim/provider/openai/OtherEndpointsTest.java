package dev.llmsim.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherEndpointsTest {
    private static final FixedEngine ENGINE = Asked.saying("x");

    @Test
    void embeddingsComeAsNumbersOrInBase64() {
        JsonNode numbers = embed("'model':'text-embedding-3-small','input':['a b','c'],'dimensions':4")
                .json();
        JsonNode base64 = embed("'model':'text-embedding-3-small','input':['a b','c'],'dimensions':4,"
                        + "'encoding_format':'base64'")
                .json();

        assertThat(numbers.at("/usage").toString()).isEqualTo("{\"prompt_tokens\":3,\"total_tokens\":3}");
        assertThat(numbers.at("/data/1/index").asInt()).isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder()
                            .decode(base64.at("/data/" + i + "/embedding").asText()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            assertThat(bytes.remaining()).isEqualTo(16);
            for (JsonNode number : numbers.at("/data/" + i + "/embedding")) {
                assertThat(bytes.getFloat()).isEqualTo(number.floatValue());
            }
        }
        assertThat(numbers.toString())
                .startsWith("{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[")
                .contains("\"model\":\"text-embedding-3-small\",\"usage\":");
    }

    @Test
    void embeddingsTakeTokensAndCountThem() {
        assertThat(embed("'model':'text-embedding-ada-002','input':[1,2,3]")
                        .json()
                        .at("/usage/prompt_tokens")
                        .asInt())
                .isEqualTo(3);
        JsonNode two =
                embed("'model':'text-embedding-3-large','input':[[1,2],[3]]").json();
        assertThat(two.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
        assertThat(two.at("/data")).hasSize(2);
        assertThat(two.at("/data/0/embedding")).hasSize(3072);
    }

    @Test
    void wrongEmbeddingsAreRefused() {
        assertThat(message(embed("'model':'m'"))).isEqualTo("Missing required parameter: 'input'.");
        assertThat(message(embed("'input':'a'"))).isEqualTo("you must provide a model parameter");
        assertThat(message(embed("'model':'m','input':''")))
                .isEqualTo("Invalid 'input': input cannot be an empty string.");
        assertThat(message(embed("'model':'m','input':[]")))
                .isEqualTo("Invalid 'input': input cannot be an empty array.");
        assertThat(message(embed("'model':'text-embedding-ada-002','input':'a','dimensions':4")))
                .isEqualTo("This model does not support specifying dimensions.");
        assertThat(message(embed("'model':'text-embedding-3-small','input':'a','dimensions':2000")))
                .isEqualTo("Invalid value for 'dimensions' = 2000. Must be less than or equal to 1536.");
    }

    @Test
    void moderationsJudgeEachText() {
        JsonNode json =
                post("moderations", "'input':['a nice day','I will kill you']").json();

        assertThat(json.path("id").asText()).matches("modr-[A-Za-z0-9]{29}");
        assertThat(json.path("model").asText()).isEqualTo("omni-moderation-latest");
        JsonNode nice = json.at("/results/0");
        assertThat(nice.path("flagged").asBoolean()).isFalse();
        assertThat(nice.path("categories")).hasSize(13).allMatch(category -> !category.asBoolean());
        assertThat(nice.path("category_scores")).hasSize(13).allMatch(score -> score.asDouble() < 0.01);
        assertThat(nice.path("category_applied_input_types"))
                .allMatch(types -> types.toString().equals("[\"text\"]"));
        JsonNode bad = json.at("/results/1");
        assertThat(bad.path("flagged").asBoolean()).isTrue();
        assertThat(bad.at("/categories/violence").asBoolean()).isTrue();
        assertThat(bad.at("/category_scores/violence").asDouble()).isGreaterThan(0.9);
    }

    @Test
    void moderationsTakeImagesWithText() {
        JsonNode json = post(
                        "moderations",
                        "'input':[{'type':'text','text':'a'},{'type':'image_url','image_url':{'url':'https://x'}}]")
                .json();

        assertThat(json.path("results")).hasSize(1);
        assertThat(json.at("/results/0/category_applied_input_types/violence").toString())
                .isEqualTo("[\"text\",\"image\"]");
        assertThat(json.at("/results/0/category_applied_input_types/hate").toString())
                .isEqualTo("[\"text\"]");
    }

    @Test
    void modelsAreListedAndFound() {
        String model = "{\"id\":\"model-a\",\"object\":\"model\",\"created\":1754524800,\"owned_by\":\"someone\","
                + "\"context_window\":400000,\"max_output_tokens\":128000}";
        assertThat(Asked.get(ENGINE, "/v1/models").text()).isEqualTo("{\"object\":\"list\",\"data\":[" + model + "]}");
        assertThat(Asked.get(ENGINE, "/v1/models/model-a").text()).isEqualTo(model);
        Asked none = Asked.get(ENGINE, "/v1/models/ft%3Ano");
        assertThat(none.answer().status()).isEqualTo(404);
        assertThat(none.text())
                .isEqualTo("{\"error\":{\"message\":\"The model 'ft:no' does not exist\",\"type\":"
                        + "\"invalid_request_error\",\"param\":\"model\",\"code\":\"model_not_found\"}}");
    }

    @Test
    void legacyCompletionsAnswerEachPrompt() {
        FixedEngine engine = FixedEngine.answering(Finish.LENGTH, new Content.Text(List.of("a", "b")));

        Asked asked = Asked.post(
                engine, "/v1/completions", "{\"model\":\"m\",\"prompt\":[\"p q\",\"r\"],\"echo\":true,\"logprobs\":2}");

        assertThat(asked.text().replaceFirst("cmpl-[A-Za-z0-9]{29}\"", "ID\""))
                .startsWith("{\"id\":\"ID\",\"object\":\"text_completion\",\"created\":1770933892,\"model\":\"m\","
                        + "\"choices\":[{\"text\":\"p qab\",\"index\":0,\"logprobs\":{\"tokens\":[\"p\",\" q\",\"a\","
                        + "\"b\"],\"token_logprobs\":[null,")
                .contains("\"text_offset\":[0,1,3,4]},\"finish_reason\":\"length\"},{\"text\":\"rab\",\"index\":1,")
                .contains("\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}");
        assertThat(asked.json().at("/choices/0/logprobs/top_logprobs/2")).hasSize(2);
        assertThat(engine.prompts())
                .hasSize(2)
                .allMatch(prompt -> prompt.sampling().maxTokens() == 16)
                .allMatch(prompt -> prompt.thinking().effort() == Thinking.Effort.NONE);
    }

    @Test
    void legacyCompletionsStreamTextsWithoutPadding() {
        Asked asked = Asked.post(
                Asked.saying("a", "b"),
                "/v1/completions",
                "{\"model\":\"m\",\"prompt\":\"p\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

        assertThat(asked.chunks().stream().map(chunk -> chunk.path("choices").toString()))
                .containsExactly(
                        "[{\"text\":\"a\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}]",
                        "[{\"text\":\"b\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}]",
                        "[{\"text\":\"\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}]",
                        "[]");
        assertThat(asked.text()).doesNotContain("obfuscation").contains("\"object\":\"text_completion\"");
        assertThat(asked.answer().pieces().get(1).tokens()).isEqualTo(2);
    }

    @Test
    void otherThanJsonIsRefused() {
        Asked asked = Asked.ask(
                ENGINE,
                new Request(
                        "openai",
                        "POST",
                        "/v1/chat/completions",
                        Headers.of("content-type", "text/plain; charset=utf-8"),
                        Bytes.utf8("{}")));

        assertThat(asked.answer().status()).isEqualTo(415);
        assertThat(asked.json().at("/error/code").asText()).isEqualTo("unsupported_content_type");
        assertThat(asked.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(Asked.post(ENGINE, "/v1/chat/completions", "{")
                        .json()
                        .at("/error/message")
                        .asText())
                .startsWith("We could not parse the JSON body of your request");
    }

    @Test
    void errorsHaveFourMembersAndTheUsualType() {
        OpenAiSurface surface = new OpenAiSurface(List.of());
        Headers wait = Headers.of("retry-after", "3");

        Asked limited = new Asked(surface.error(new ApiError(429, null, null, null, "slow", wait)));
        Asked large = new Asked(surface.error(ApiError.of(413, "large")));

        assertThat(limited.text())
                .isEqualTo("{\"error\":{\"message\":\"slow\",\"type\":\"rate_limit_error\",\"param\":null,"
                        + "\"code\":\"rate_limit_exceeded\"}}");
        assertThat(limited.answer().headers().first("retry-after")).contains("3");
        assertThat(large.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
    }

    @Test
    void anUnknownPathIsToldWithAHint() {
        Asked asked = Asked.post(ENGINE, "/v1/audio/speech", "{}");

        assertThat(asked.answer().status()).isEqualTo(404);
        assertThat(asked.json().at("/error/message").asText())
                .startsWith("Invalid URL (POST /v1/audio/speech).")
                .contains("llmsim record");
    }

    @Test
    void endpointsOfOthersGetTheHeadersToo() {
        OpenAiSurface surface = new OpenAiSurface(
                List.of(JsonEndpoint.post("mine", "mine", call -> Answer.json(200, Json.object(), Work.NONE))));
        Endpoint mine = surface.endpoints().get(surface.endpoints().size() - 1);
        Request request = new Request("openai", "POST", "/v1/mine", Headers.EMPTY, Bytes.EMPTY);

        assertThat(mine.answer(new Call(request, List.of(), new LetteredEngine(ENGINE)))
                        .headers()
                        .contains("x-request-id"))
                .isTrue();
    }

    private static Asked embed(String fields) {
        return post("embeddings", fields);
    }

    private static Asked post(String endpoint, String fields) {
        return Asked.post(ENGINE, "/v1/" + endpoint, ("{" + fields + "}").replace('\'', '"'));
    }

    private static String message(Asked asked) {
        assertThat(asked.answer().status()).isEqualTo(400);
        return asked.json().at("/error/message").asText();
    }
}
