package dev.llmsim.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.genai.types.GenerateContentResponse;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.FixedEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not in the recordings. */
class AnswersTest {
    private static final String GEMINI_3 = "/v1/models/gemini-3-pro-preview:generateContent";

    @Test
    void theSdkReadsAnswersAndChunks() {
        FixedEngine engine = FixedEngine.answering(
                Finish.TOOL_CALLS,
                new Content.Thought(List.of("hm"), 9),
                new Content.Text(List.of("H", "i")),
                new Content.ToolCall("call_1", "f", List.of("{\"a\"", ":1}")));
        Asked whole = Asked.post(
                engine, Asked.WHOLE, Asked.hi("\"generationConfig\":{\"responseLogprobs\":true,\"logprobs\":2}"));

        GenerateContentResponse read = GenerateContentResponse.fromJson(whole.text());

        assertThat(read.text()).isEqualTo("Hi");
        assertThat(read.functionCalls().get(0).args().orElseThrow()).containsEntry("a", 1);
        assertThat(read.parts().get(2).thoughtSignature()).isPresent();
        assertThat(read.finishReason().toString()).isEqualTo("STOP");
        assertThat(read.usageMetadata().orElseThrow().thoughtsTokenCount()).hasValue(9);
        assertThat(read.usageMetadata().orElseThrow().candidatesTokenCount()).hasValue(4);
        assertThat(read.usageMetadata().orElseThrow().totalTokenCount()).hasValue(23);
        assertThat(read.candidates()
                        .orElseThrow()
                        .get(0)
                        .logprobsResult()
                        .orElseThrow()
                        .chosenCandidates()
                        .orElseThrow())
                .hasSize(2);
        for (JsonNode chunk : Asked.post(engine, Asked.STREAM, Asked.hi("")).chunks()) {
            assertThat(GenerateContentResponse.fromJson(chunk.toString())
                            .candidates()
                            .orElseThrow())
                    .hasSize(1);
        }
    }

    @Test
    void anAnswerWithoutRoomForTextHasNoParts() {
        FixedEngine engine = FixedEngine.answering(Finish.LENGTH, new Content.Thought(List.of(), 9));
        JsonNode candidate =
                Asked.post(engine, Asked.WHOLE, Asked.hi("")).json().at("/candidates/0");

        assertThat(candidate.toString())
                .isEqualTo("{\"content\":{\"role\":\"model\"},\"finishReason\":\"MAX_TOKENS\",\"index\":0}");
    }

    @Test
    void cachedTokensArePartOfThePrompt() {
        Reply reply = new Reply(
                List.of(new Choice(List.of(new Content.Text(List.of("x"))), Finish.STOP)), new Usage(9, 1, 0, 4, 0));
        JsonNode usage = Asked.post(FixedEngine.answering(prompt -> reply), Asked.WHOLE, Asked.hi(""))
                .json()
                .path("usageMetadata");

        assertThat(usage.toString())
                .isEqualTo("{\"promptTokenCount\":9,\"candidatesTokenCount\":1,\"totalTokenCount\":10,"
                        + "\"cachedContentTokenCount\":4,\"promptTokensDetails\":[{\"modality\":\"TEXT\","
                        + "\"tokenCount\":9}],\"cacheTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":4}],"
                        + "\"serviceTier\":\"standard\"}");
    }

    @Test
    void modelsOfTheThirdGenerationSignTheirTexts() {
        FixedEngine engine = FixedEngine.answering(
                Finish.STOP, new Content.Thought(List.of(), 9), new Content.Text(List.of("a", "b")));
        JsonNode part = Asked.post(engine, GEMINI_3, Asked.hi("")).json().at("/candidates/0/content/parts/0");
        List<JsonNode> chunks = Asked.post(
                        engine, GEMINI_3.replace(":generate", ":streamGenerate") + "?alt=sse", Asked.hi(""))
                .chunks();

        assertThat(part.fieldNames()).toIterable().containsExactly("text", "thoughtSignature");
        assertThat(chunks).hasSize(3);
        assertThat(chunks.get(2).at("/candidates/0/content/parts/0").fieldNames())
                .toIterable()
                .containsExactly("text", "thoughtSignature");
        assertThat(chunks.get(2).at("/candidates/0/content/parts/0/text").asText())
                .isEmpty();
    }

    @Test
    void aWordOfAnEnumComesWithoutQuotes() {
        String members = "\"generationConfig\":{\"responseMimeType\":\"text/x.enum\","
                + "\"responseSchema\":{\"type\":\"STRING\",\"enum\":[\"Oboe\"]}}";
        JsonNode json = Asked.post(Asked.saying("\"Ob", "oe\""), Asked.WHOLE, Asked.hi(members))
                .json();

        assertThat(json.at("/candidates/0/content/parts/0/text").asText()).isEqualTo("Oboe");
    }

    @Test
    void withoutSseAStreamIsOneArray() {
        Asked asked = Asked.post(Asked.saying("a", "b"), "/v1beta/models/m:streamGenerateContent?key=k", Asked.hi(""));

        assertThat(asked.answer().pieces()).hasSize(3);
        assertThat(asked.answer().pieces().get(0).bytes().utf8()).startsWith("[{");
        assertThat(asked.json()).hasSize(2);
        assertThat(asked.answer().headers().first("content-type")).hasValue(GeminiSurface.JSON);
    }

    @Test
    void tokensAreCounted() {
        String counted = "{\"totalTokens\":10,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":10}]}";
        String target = "/v1beta/models/m:countTokens";

        assertThat(Asked.post(Asked.saying("x"), target, Asked.hi("")).text()).isEqualTo(counted);
        assertThat(Asked.post(
                                Asked.saying("x"),
                                target,
                                "{\"generateContentRequest\":" + Asked.hi("\"model\":\"models/m\"") + "}")
                        .text())
                .isEqualTo(counted);
    }

    @Test
    void textsAreEmbeddedOneByOneAndInBatches() {
        String text = "{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"outputDimensionality\":3}";
        String model = "/v1beta/models/gemini-embedding-001";
        JsonNode one =
                Asked.post(Asked.saying("x"), model + ":embedContent", text).json();
        JsonNode batch = Asked.post(
                        Asked.saying("x"), model + ":batchEmbedContents", "{\"requests\":[" + text + "," + text + "]}")
                .json();

        assertThat(one.at("/embedding/values")).hasSize(3);
        assertThat(batch.path("embeddings")).hasSize(2).allMatch(one.path("embedding")::equals);
        assertThat(Asked.post(Asked.saying("x"), model + ":embedContent", text.replace(":3", ":3073"))
                        .answer()
                        .status())
                .isEqualTo(400);
        assertThat(Asked.post(Asked.saying("x"), model + ":batchEmbedContents", "{}")
                        .answer()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void modelsAreListed() {
        JsonNode list =
                Asked.get(Asked.saying("x"), "/v1beta/models?pageSize=1").json();
        JsonNode one = Asked.get(Asked.saying("x"), "/v1beta/models/model-a").json();

        assertThat(list.fieldNames()).toIterable().containsExactly("models");
        assertThat(list.at("/models/0")).isEqualTo(one);
        assertThat(one.path("name").asText()).isEqualTo("models/model-a");
        assertThat(one.path("inputTokenLimit").asInt()).isEqualTo(400_000);
        assertThat(Asked.get(Asked.saying("x"), "/v1beta/models?pageToken=x")
                        .answer()
                        .status())
                .isEqualTo(400);
    }
}
