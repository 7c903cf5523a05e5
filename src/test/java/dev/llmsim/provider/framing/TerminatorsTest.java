package dev.llmsim.provider.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminatorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: [DONE]\n\n",
                "data: [DONE]\r\n\r\n",
                "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
                "event: response.completed\ndata: {}\n\n"
            })
    void theLastEventOfAProviderEndsAStream(String event) {
        assertThat(Terminators.end(frames("data: {}\n\n", event))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {}\n\n",
                "data: [DONE]",
                "data: [DONE]\n",
                "data: [DONE] and more\n\n",
                "event: message_stopped\ndata: {}\n\n",
                "event: message_stop\ndata: {\"type\":"
            })
    void anythingElseDoesNot(String event) {
        assertThat(Terminators.end(frames("data: [DONE]\n\n", event))).isFalse();
    }

    @Test
    void nothingDoesNot() {
        assertThat(Terminators.end(List.of())).isFalse();
    }

    private static List<Frame> frames(String... events) {
        return List.of(events).stream()
                .map(event -> new Frame(0, Bytes.utf8(event)))
                .toList();
    }
}
