package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The simulator's Responses API over WebSocket. */
class SimulatedWebSocketTest {
    private static LlmSim gateway;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        gateway = LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1).start();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** A socket, and what came on it. */
    private static final class Talk implements WebSocket.Listener, AutoCloseable {
        private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        Talk() {
            URI uri = URI.create(gateway.baseUrl("openai").toString().replace("http:", "ws:") + "/v1/responses");
            socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    messages.add(Conversation.JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new AssertionError(text.toString(), e);
                }
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        /** The events that answer a response.create with {@code members}. */
        List<JsonNode> ask(String members) throws InterruptedException {
            socket.sendText("{\"type\":\"response.create\",\"model\":\"gpt-4o\"," + members + "}", true)
                    .join();
            List<JsonNode> events = new ArrayList<>();
            String type;
            do {
                JsonNode event = messages.poll(30, TimeUnit.SECONDS);
                if (event == null) {
                    throw new AssertionError("no further message after " + events);
                }
                events.add(event);
                type = event.path("type").asText();
            } while (!type.equals("response.completed")
                    && !type.equals("error")
                    && !(members.contains("\"generate\":false") && type.equals("response.created")));
            return events;
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static JsonNode last(List<JsonNode> events) {
        return events.get(events.size() - 1);
    }

    private static String id(List<JsonNode> events) {
        return events.get(0).path("response").path("id").asText();
    }

    @Test
    void theDeltasAreTheTextOfTheResponse() throws Exception {
        try (Talk talk = new Talk()) {
            List<JsonNode> events = talk.ask("\"input\":\"hello\"");
            StringBuilder text = new StringBuilder();
            events.stream()
                    .filter(event -> event.path("type").asText().equals("response.output_text.delta"))
                    .forEach(event -> text.append(event.path("delta").asText()));
            assertThat(text).isNotEmpty();
            assertThat(last(events).at("/response/output/0/content/0/text").asText())
                    .isEqualTo(text.toString());
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void whatIsNotStoredIsContinuedOnItsSocketAlone() throws Exception {
        try (Talk talk = new Talk();
                Talk other = new Talk()) {
            String first = id(talk.ask("\"store\":false,\"input\":\"one\""));
            String next = "\"store\":false,\"input\":\"two\",\"previous_response_id\":\"" + first + "\"";
            assertThat(last(talk.ask(next)).path("type").asText()).isEqualTo("response.completed");

            JsonNode unknown = last(other.ask(next));
            assertThat(unknown.path("status").asInt()).isEqualTo(400);
            assertThat(unknown.path("code").asText()).isEqualTo("previous_response_not_found");
            assertThat(unknown.path("error").path("param").asText()).isEqualTo("previous_response_id");
        }
    }

    @Test
    void whatFailsForgetsWhatItContinued() throws Exception {
        try (Talk talk = new Talk()) {
            String first = id(talk.ask("\"store\":false,\"input\":\"one\""));
            String previous = ",\"previous_response_id\":\"" + first + "\"";
            assertThat(last(talk.ask("\"temperature\":\"hot\",\"input\":\"x\"" + previous))
                            .path("type")
                            .asText())
                    .isEqualTo("error");
            assertThat(last(talk.ask("\"input\":\"two\"" + previous))
                            .path("code")
                            .asText())
                    .isEqualTo("previous_response_not_found");
        }
    }

    @Test
    void aWarmUpGivesAnIdThatCanBeContinued() throws Exception {
        try (Talk talk = new Talk()) {
            List<JsonNode> warm = talk.ask("\"generate\":false,\"store\":false,\"input\":\"hello\"");
            assertThat(warm).hasSize(1);
            List<JsonNode> events = talk.ask("\"input\":\"go on\",\"previous_response_id\":\"" + id(warm) + "\"");
            assertThat(last(events).path("type").asText()).isEqualTo("response.completed");
        }
    }

    @Test
    void statisticsCountSocketsAndWhatIsAskedOnThem() throws Exception {
        try (Talk talk = new Talk()) {
            talk.ask("\"input\":\"hello\"");
            JsonNode stats;
            try (InputStream page =
                    gateway.address().resolve("/llmsim/stats").toURL().openStream()) {
                stats = Conversation.JSON.readTree(page);
            }
            assertThat(stats.path("active_websocket_connections").asInt()).isPositive();
            assertThat(stats.path("websocket_requests").asInt()).isPositive();
        }
    }
}
