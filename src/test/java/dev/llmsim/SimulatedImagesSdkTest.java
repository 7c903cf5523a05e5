package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own client asks {@code llmsim serve} for images. */
class SimulatedImagesSdkTest {
    private static LlmSim gateway;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).start();
        client = Sdks.openAi(gateway.baseUrl("openai"), "any");
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void imagesComeAsPngOfTheSizeAskedFor() throws IOException {
        ImagesResponse answer = client.images()
                .generate(ask().n(2)
                        .size(ImageGenerateParams.Size._1536X1024)
                        .quality(ImageGenerateParams.Quality.MEDIUM)
                        .build());

        answer.validate();
        assertThat(answer.data().orElseThrow()).hasSize(2);
        BufferedImage image =
                decoded(answer.data().orElseThrow().get(0).b64Json().orElseThrow());
        assertThat(image.getWidth()).isEqualTo(1536);
        assertThat(image.getHeight()).isEqualTo(1024);
        assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(2 * 1584);
    }

    @Test
    void aStreamHasPartialImagesAndTheCompletedOne() throws IOException {
        List<ImageGenStreamEvent> events;
        try (StreamResponse<ImageGenStreamEvent> stream =
                client.images().generateStreaming(ask().partialImages(2).build())) {
            events = stream.stream().toList();
        }

        events.forEach(ImageGenStreamEvent::validate);
        assertThat(events).hasSize(3);
        assertThat(events.get(1).asGenerationPartialImage().partialImageIndex()).isEqualTo(1);
        assertThat(events.get(2).asGenerationCompleted().usage().totalTokens()).isGreaterThan(4160);
        assertThat(decoded(events.get(2).asGenerationCompleted().b64Json()).getWidth())
                .isEqualTo(1024);
    }

    @Test
    void anOlderModelNamesAnUrlThatServesTheImage() throws IOException {
        String url = client.images()
                .generate(ask().model("dall-e-2")
                        .size(ImageGenerateParams.Size.of("256x256"))
                        .build())
                .data()
                .orElseThrow()
                .get(0)
                .url()
                .orElseThrow();

        assertThat(ImageIO.read(URI.create(url).toURL()).getWidth()).isEqualTo(256);
    }

    @Test
    void aWrongRequestRaisesATypedError() {
        assertThatThrownBy(() -> client.images().generate(ask().n(11).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("'n'");
    }

    private static ImageGenerateParams.Builder ask() {
        return ImageGenerateParams.builder().prompt("A lighthouse at dusk.").model("gpt-image-1");
    }

    private static BufferedImage decoded(String base64) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }
}
