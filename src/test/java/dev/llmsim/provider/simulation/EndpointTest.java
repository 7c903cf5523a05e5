package dev.llmsim.provider.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTest {
    @Test
    void theEndOfThePathTellsTheEndpoint() {
        Endpoint chat = endpoint("chat/completions");

        assertThat(chat.variables("/v1/chat/completions")).contains(List.of());
        assertThat(chat.variables("/openai/v1//chat/completions/")).contains(List.of());
        assertThat(chat.variables("/v1/completions")).isEmpty();
        assertThat(chat.variables("/completions")).isEmpty();
    }

    @Test
    void aStarStandsForAPartOfASegment() {
        Endpoint generate = endpoint("models/*:generateContent");

        assertThat(generate.variables("/v1beta/models/gemini-2.5-flash:generateContent"))
                .contains(List.of("gemini-2.5-flash"));
        assertThat(generate.variables("/v1beta/models/tuned%2Fmine:generateContent"))
                .contains(List.of("tuned/mine"));
        assertThat(generate.variables("/v1beta/models/:generateContent")).isEmpty();
        assertThat(generate.variables("/v1beta/models/gemini:streamGenerateContent"))
                .isEmpty();
        assertThat(endpoint("responses/*/cancel").variables("/v1/responses/resp_1/cancel"))
                .contains(List.of("resp_1"));
    }

    private static Endpoint endpoint(String path) {
        return Endpoint.of("name", "POST", path, call -> {
            throw new AssertionError("not asked");
        });
    }
}
