package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.timing.LatencyProfile;
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
import java.util.stream.Collectors;
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
            this(gateway);
        }

        Talk(LlmSim gateway) {
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

        void say(String message) {
            socket.sendText(message, true).join();
        }

        /** All messages up to the first of {@code type}. */
        List<JsonNode> until(String type) throws InterruptedException {
            List<JsonNode> events = new ArrayList<>();
            do {
                JsonNode event = messages.poll(30, TimeUnit.SECONDS);
                if (event == null) {
                    throw new AssertionError("no " + type + " after " + events);
                }
                events.add(event);
            } while (!last(events).path("type").asText().equals(type));
            return events;
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

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    private static String deltas(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals("response.output_text.delta"))
                .map(event -> event.path("delta").asText())
                .collect(Collectors.joining());
    }

    /** A model that takes long enough to be interrupted. */
    private static LlmSim slow() {
        return LlmSim.builder(Mode.SIMULATE)
                .latency(new Latency(model -> LatencyProfile.ofMillis(50, 0, 40, 0), true))
                .seed(1)
                .start();
    }

    @Test
    void aSteeredResponseEndsWhereItWasAndASuccessorFollowsByItself() throws Exception {
        try (LlmSim slow = slow();
                Talk talk = new Talk(slow)) {
            talk.say(
                    "{\"type\":\"response.create\",\"model\":\"gpt-4o\",\"stream_id\":\"a\",\"instructions\":\"be kind\","
                            + "\"input\":\"tell a story\"}");
            List<JsonNode> said = talk.until("response.output_text.delta");
            String first = id(said);
            talk.say("{\"type\":\"response.steer\",\"previous_response_id\":\"" + first + "\",\"input\":\"shorter\"}");
            said.addAll(talk.until("response.incomplete"));
            List<JsonNode> next = talk.until("response.output_text.delta");
            talk.say("{\"type\":\"response.steer\",\"previous_response_id\":\"" + first + "\",\"input\":\"again\"}");
            JsonNode late = last(talk.until("response.steer.failed"));

            int accepted = types(said).indexOf("response.steer.accepted");
            assertThat(said.get(accepted).at("/steer/previous_response_id").asText())
                    .isEqualTo(first);
            assertThat(types(said).subList(accepted + 1, said.size()))
                    .containsExactly(
                            "response.output_text.done",
                            "response.content_part.done",
                            "response.output_item.done",
                            "response.incomplete");
            JsonNode ended = last(said).path("response");
            assertThat(ended.path("id").asText()).isEqualTo(first);
            assertThat(ended.path("status").asText()).isEqualTo("incomplete");
            assertThat(ended.at("/incomplete_details/reason").asText()).isEqualTo("steered");
            assertThat(ended.at("/output/0/status").asText()).isEqualTo("incomplete");
            assertThat(ended.at("/output/0/content/0/text").asText()).isEqualTo(deltas(said));
            for (int i = 0; i < said.size(); i++) {
                assertThat(said.get(i).path("sequence_number").asInt()).isEqualTo(i);
            }
            JsonNode created = next.get(0);
            assertThat(created.path("type").asText()).isEqualTo("response.created");
            assertThat(created.path("stream_id").asText()).isEqualTo("a");
            assertThat(created.path("sequence_number").asInt()).isZero();
            assertThat(created.at("/response/previous_response_id").asText()).isEqualTo(first);
            assertThat(created.at("/response/instructions").asText()).isEqualTo("be kind");
            assertThat(late.at("/error/code").asText()).isEqualTo("response_already_completed");
            assertThat(late.at("/steer/input").asText()).isEqualTo("again");

            JsonNode stored;
            try (InputStream page = slow.address()
                    .resolve("/openai/v1/responses/" + first)
                    .toURL()
                    .openStream()) {
                stored = Conversation.JSON.readTree(page);
            }
            assertThat(stored).isEqualTo(ended);
        }
    }

    @Test
    void aSteeringWaitsForTheResultsOfTools() throws Exception {
        try (LlmSim slow = slow();
                Talk talk = new Talk(slow)) {
            talk.say(
                    "{\"type\":\"response.create\",\"model\":\"gpt-4o\",\"input\":\"x\",\"tool_choice\":\"required\",\"tools\":[{"
                            + "\"type\":\"function\",\"name\":\"look\",\"strict\":false,\"parameters\":{\"type\":\"object\",\"properties\":"
                            + "{\"what\":{\"type\":\"string\"}},\"required\":[\"what\"]}}]}");
            List<JsonNode> said = talk.until("response.output_item.added");
            String first = id(said);
            talk.say("{\"type\":\"response.steer\",\"previous_response_id\":\"" + first
                    + "\",\"input\":[{\"role\":\"user\",\"content\":\"and be quick\"}]}");
            said.addAll(talk.until("response.steer.pending"));

            assertThat(types(said)).contains("response.steer.accepted").doesNotContain("response.incomplete");
            assertThat(types(said).get(said.size() - 2)).isEqualTo("response.completed");
            JsonNode pending = last(said);
            assertThat(pending.path("reason").asText()).isEqualTo("waiting_for_required_input");
            JsonNode stub = pending.at("/required_input/0");
            assertThat(stub.path("type").asText()).isEqualTo("function_call_output");

            talk.say("{\"type\":\"response.create\",\"model\":\"gpt-4o\",\"previous_response_id\":\"" + first
                    + "\",\"input\":[{\"type\":\"function_call_output\",\"output\":\"ok\",\"call_id\":\""
                    + stub.path("call_id").asText() + "\"}]}");
            String next = id(talk.until("response.completed"));
            JsonNode items;
            try (InputStream page = slow.address()
                    .resolve("/openai/v1/responses/" + next + "/input_items?order=asc")
                    .toURL()
                    .openStream()) {
                items = Conversation.JSON.readTree(page).path("data");
            }
            assertThat(items.findValuesAsText("type")).contains("function_call_output");
            assertThat(items.toString()).contains("and be quick");
        }
    }

    @Test
    void whatCannotBeSteeredGivesTheInputBack() throws Exception {
        try (LlmSim slow = slow();
                Talk talk = new Talk(slow)) {
            talk.say("{\"type\":\"response.steer\",\"previous_response_id\":\"resp_none\",\"input\":\"go\"}");
            JsonNode unknown = last(talk.until("response.steer.failed"));
            assertThat(unknown.at("/error/code").asText()).isEqualTo("response_not_found");
            assertThat(unknown.at("/steer/previous_response_id").asText()).isEqualTo("resp_none");
            assertThat(unknown.at("/steer/input").asText()).isEqualTo("go");

            talk.say("{\"type\":\"response.create\",\"model\":\"gpt-4o\",\"input\":\"tell a story\"}");
            String first = id(talk.until("response.output_text.delta"));
            talk.say("{\"type\":\"response.steer\",\"previous_response_id\":\"" + first
                    + "\",\"input\":[{\"role\":\"system\",\"content\":\"x\"}]}");
            assertThat(last(talk.until("response.steer.failed"))
                            .at("/error/code")
                            .asText())
                    .isEqualTo("invalid_input");
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
