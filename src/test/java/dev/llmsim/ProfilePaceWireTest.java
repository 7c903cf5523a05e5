package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.mode.Mode;
import dev.llmsim.timing.LatencyProfile;
import dev.llmsim.timing.Pace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A recorded stream at the pace of a profile. */
class ProfilePaceWireTest {
    private static final String ASKED =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of Mexico?\"}]}";

    @Test
    void changesTheTimesAndNotTheBytes() throws Exception {
        HttpResponse<String> recorded = replayed(Pace.INSTANT);
        HttpResponse<String> paced = replayed(new Pace.Profile(LatencyProfile.ofMillis(20, 5, 2, 1)));

        assertThat(recorded.headers().firstValue("x-llmsim-source")).contains("recorded");
        assertThat(recorded.body()).endsWith("data: [DONE]\n\n");
        assertThat(paced.body()).isEqualTo(recorded.body());
        assertThat(paced.headers().map()).isEqualTo(recorded.headers().map());
    }

    private static HttpResponse<String> replayed(Pace pace) throws Exception {
        try (LlmSim gateway = LlmSim.builder(Mode.REPLAY)
                .files(List.of(Path.of("cassettes")))
                .pace(pace)
                .start()) {
            URI uri = gateway.address().resolve("/openai/v1/chat/completions");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(ASKED))
                    .build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
