package dev.llmsim.provider.openai.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.media.ImageSize;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.SurfaceAnswer;
import dev.llmsim.provider.simulation.Work;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagesTest {
    private static final FixedEngine ENGINE = FixedEngine.answering(Finish.STOP);

    @Test
    void anAnswerSaysHowItsImagesAreAndWhatTheyCost() {
        JsonNode json =
                ask("\"size\":\"1536x1024\",\"quality\":\"medium\",\"n\":2").json();

        assertThat(json.path("created").asLong()).isPositive();
        assertThat(json.path("size").asText()).isEqualTo("1536x1024");
        assertThat(json.path("quality").asText()).isEqualTo("medium");
        assertThat(json.path("background").asText()).isEqualTo("opaque");
        assertThat(json.path("output_format").asText()).isEqualTo("png");
        assertThat(json.path("usage").toString())
                .isEqualTo("{\"total_tokens\":3171,\"input_tokens\":3,\"output_tokens\":3168,"
                        + "\"input_tokens_details\":{\"text_tokens\":3,\"image_tokens\":0},"
                        + "\"output_tokens_details\":{\"image_tokens\":3168,\"text_tokens\":0}}");
        assertThat(json.path("data")).hasSize(2);
        assertThat(image(json.at("/data/0/b64_json"))).isEqualTo(new ImageSize(1536, 1024));
        assertThat(json.at("/data/0/b64_json")).isNotEqualTo(json.at("/data/1/b64_json"));
    }

    @Test
    void whatIsNotSaidIsASquareOfHighQualityByGptImage() {
        SurfaceAnswer answer = ask("\"user\":\"u\"");

        assertThat(answer.json().path("size").asText()).isEqualTo("1024x1024");
        assertThat(answer.json().path("quality").asText()).isEqualTo("high");
        assertThat(answer.answer().work().model()).isEqualTo("gpt-image-1");
        assertThat(answer.answer().work().usage().completion()).isEqualTo(4160);
        assertThat(answer.answer().work().busySeconds()).isEqualTo(22);
    }

    @Test
    void timeGrowsWithTheSideAndTheNumber() {
        Work work = ask("\"size\":\"2048x2048\",\"quality\":\"low\",\"n\":3")
                .answer()
                .work();

        assertThat(work.busySeconds()).isEqualTo(4 * 2 * 3);
        assertThat(work.usage().completion()).isEqualTo(272 * 4 * 3);
    }

    @Test
    void sizesAreClampedToWhatIsDrawn() {
        JsonNode json = ask("\"size\":\"1x99999\",\"quality\":\"low\"").json();

        assertThat(json.path("size").asText()).isEqualTo("16x4096");
        assertThat(image(json.at("/data/0/b64_json"))).isEqualTo(new ImageSize(16, 4096));
    }

    @Test
    void aStreamShowsUnfinishedImagesAndThenTheWholeOne() {
        SurfaceAnswer answer = ask("\"stream\":true,\"partial_images\":2,\"size\":\"64x64\"");

        List<JsonNode> events = new ArrayList<>();
        for (String event : answer.text().split("\n\n")) {
            String[] lines = event.split("\n");
            JsonNode json = SurfaceAnswer.parsed(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + json.path("type").asText());
            events.add(json);
        }
        assertThat(events.stream().map(event -> event.path("type").asText()))
                .containsExactly(
                        "image_generation.partial_image",
                        "image_generation.partial_image",
                        "image_generation.completed");
        assertThat(events.get(1).path("partial_image_index").asInt()).isEqualTo(1);
        assertThat(image(events.get(0).path("b64_json"))).isEqualTo(new ImageSize(64, 64));
        assertThat(events.get(2).at("/usage/output_tokens").asInt()).isEqualTo(16);
        assertThat(events.get(2).path("b64_json"))
                .isEqualTo(ask("\"size\":\"64x64\"").json().at("/data/0/b64_json"))
                .isNotEqualTo(events.get(1).path("b64_json"));
        assertThat(answer.answer().pieces().stream().map(piece -> piece.tokens()))
                .containsExactly(1, 2, 3);
        assertThat(answer.answer().work().shownTokens()).isEqualTo(3);
    }

    @Test
    void anImageIsServedWhereItsUrlSays() {
        JsonNode json = ask("\"model\":\"dall-e-3\",\"size\":\"32x48\"").json();
        String url = json.at("/data/0/url").asText();
        JsonNode same = ask("\"model\":\"dall-e-3\",\"size\":\"32x48\",\"response_format\":\"b64_json\"")
                .json();

        assertThat(json.at("/data/0/revised_prompt").asText()).isEqualTo("a red fox");
        assertThat(json.has("usage")).isFalse();
        assertThat(url).startsWith("http://sim.test:8080/openai/v1/images/simulated/32x48-");
        SurfaceAnswer served = ask(SurfaceAnswer.get("openai", url.substring("http://sim.test:8080/openai".length())));
        assertThat(served.answer().headers().first("content-type")).contains("image/png");
        assertThat(served.answer().pieces().get(0).bytes().toArray())
                .isEqualTo(
                        Base64.getDecoder().decode(same.at("/data/0/b64_json").asText()));
        assertThat(ask(SurfaceAnswer.get("openai", "/v1/images/simulated/fox.png"))
                        .answer()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theFormatAskedForIsTheFormatSent() {
        for (String format : List.of("png", "jpeg", "webp")) {
            JsonNode json = ask("\"size\":\"32x48\",\"output_format\":\"" + format + "\"")
                    .json();
            assertThat(json.path("output_format").asText()).isEqualTo(format);
            assertThat(image(json.at("/data/0/b64_json"))).as(format).isEqualTo(new ImageSize(32, 48));
        }
        assertThat(ask("\"background\":\"transparent\"")
                        .json()
                        .path("background")
                        .asText())
                .isEqualTo("transparent");
    }

    @Test
    void wrongFieldsAreRefusedInOpenAisWords() {
        assertThat(refused("{}", "prompt")).isEqualTo("Missing required parameter: 'prompt'.");
        assertThat(refused("{\"prompt\":\"x\",\"n\":11}", "n"))
                .isEqualTo("Invalid 'n': integer above maximum value. Expected a value <= 10, but got 11 instead.");
        assertThat(refused("{\"prompt\":\"x\",\"n\":2,\"model\":\"dall-e-3\"}", "n"))
                .isEqualTo("You must provide n=1 for this model.");
        assertThat(refused("{\"prompt\":\"x\",\"size\":\"huge\"}", "size")).startsWith("Invalid value: 'huge'.");
        assertThat(refused("{\"prompt\":\"x\",\"quality\":\"best\"}", "quality"))
                .startsWith("Invalid value: 'best'.");
        assertThat(refused("{\"prompt\":\"x\",\"stream\":true,\"partial_images\":4}", "partial_images"))
                .contains("<= 3");
        assertThat(refused("{\"prompt\":\"x\",\"stream\":true,\"model\":\"dall-e-2\"}", "stream"))
                .startsWith("Unsupported parameter");
        assertThat(refused(
                        "{\"prompt\":\"x\",\"background\":\"transparent\",\"output_format\":\"jpeg\"}", "background"))
                .contains("JPEG");
    }

    private static SurfaceAnswer ask(String members) {
        return ask(request("{\"prompt\":\"a red fox\"," + members + "}"));
    }

    private static SurfaceAnswer ask(Request request) {
        return SurfaceAnswer.of(new OpenAiSurface(ImagesEndpoints.all()), ENGINE, request);
    }

    private static Request request(String json) {
        return new Request(
                "openai",
                "POST",
                "/v1/images/generations",
                Headers.of("host", "sim.test:8080", "content-type", "application/json"),
                Bytes.utf8(json));
    }

    private static String refused(String json, String param) {
        SurfaceAnswer answer = ask(request(json));
        assertThat(answer.answer().status()).isEqualTo(400);
        assertThat(answer.json().at("/error/param").asText()).isEqualTo(param);
        return answer.json().at("/error/message").asText();
    }

    private static ImageSize image(JsonNode base64) {
        return ImageSize.of(Base64.getDecoder().decode(base64.asText()));
    }
}
