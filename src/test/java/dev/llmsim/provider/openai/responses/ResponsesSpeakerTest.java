package dev.llmsim.provider.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.SocketDialect;
import dev.llmsim.provider.simulation.Json;
import org.junit.jupiter.api.Test;

class ResponsesSpeakerTest {
    private final SocketDialect.Speaker speaker = new ResponsesSocket().speaker("a");

    @Test
    void whatWasRecordedCannotBeSteered() throws JsonProcessingException {
        created();

        JsonNode failed = told(speaker.steer(steering("\"left\""), false));
        assertThat(failed.path("type").asText()).isEqualTo("response.steer.failed");
        assertThat(failed.path("stream_id").asText()).isEqualTo("a");
        assertThat(failed.at("/error/code").asText()).isEqualTo("steering_not_supported");
        assertThat(failed.at("/steer/input").asText()).isEqualTo("left");
        assertThat(speaker.isSaying("resp_1")).isTrue();
    }

    @Test
    void sixteenMayWaitForToolsAndNoMore() throws JsonProcessingException {
        created();
        event("response.output_item.added", "\"item\":{\"type\":\"function_call\",\"call_id\":\"call_1\"}");
        for (int i = 0; i < 16; i++) {
            SocketDialect.Steered steered = speaker.steer(steering("\"left\""), true);
            assertThat(told(steered).path("type").asText()).isEqualTo("response.steer.accepted");
            assertThat(steered.successor()).isEmpty();
        }
        assertThat(told(speaker.steer(steering("\"left\""), true))
                        .at("/error/code")
                        .asText())
                .isEqualTo("too_many_pending_steers");
    }

    @Test
    void aSuccessorAsksWithTheSettingsOfWhatItContinues() throws JsonProcessingException {
        speaker.asking(Bytes.utf8("{\"model\":\"gpt-5\",\"temperature\":1,\"input\":\"hi\",\"stream\":true}"));
        created();
        event("response.output_item.added", "\"item\":{\"type\":\"message\"}");
        event("response.output_text.delta", "\"delta\":\"H\"");

        SocketDialect.Successor successor =
                speaker.steer(steering("\"left\""), true).successor().orElseThrow();
        assertThat(successor.body().utf8())
                .isEqualTo("{\"model\":\"gpt-5\",\"temperature\":1,\"input\":\"left\",\"stream\":true,"
                        + "\"previous_response_id\":\"resp_1\"}");
        assertThat(successor.headers().first(SocketDialect.STEERED_HEADER)).contains("3 1 0 1");
        assertThat(speaker.isSaying("resp_1")).isFalse();
        assertThat(speaker.hasSaid("resp_1")).isTrue();
    }

    private void created() {
        event("response.created", "\"response\":{\"id\":\"resp_1\"}");
    }

    private void event(String type, String members) {
        assertThat(speaker.events(
                        Bytes.utf8("event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n")))
                .hasSize(1);
    }

    private static SocketDialect.Message.Steering steering(String input) {
        return new SocketDialect.Message.Steering("", "resp_1", Bytes.utf8(input));
    }

    private static JsonNode told(SocketDialect.Steered steered) throws JsonProcessingException {
        return Json.parse(steered.message());
    }
}
