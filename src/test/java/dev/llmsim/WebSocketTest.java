package dev.llmsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.mode.Mode;
import dev.llmsim.synth.faults.Fault;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.timing.Pace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Responses API over WebSocket, before recordings of its HTTP form, with the JDK's own client. */
class WebSocketTest {
    private static final String CASSETTE = """
            llmsim: cassette/1
            ---
            id: openai-responses-1
            request:
              to: openai POST /v1/responses
              headers: []
              json: |
                {"model": "gpt-5", "input": "hi", "stream": true}
            response:
              status: 200
              framing: chunked
              timing: modelled
              headers:
              - [content-type, text/event-stream]
              frames:
              - {event: response.created, data: '{"type":"response.created","sequence_number":0}'}
              - {event: response.output_text.delta, data: '{"type":"response.output_text.delta","delta":"Grüße","sequence_number":1}'}
              - {event: response.completed, data: '{"type":"response.completed","sequence_number":2}'}
              head-ms: 1
              at-ms: [1, 2, 3]
              end-ms: 3
              ending: complete
            ---
            id: openai-responses-2
            request:
              to: openai POST /v1/responses
              headers: []
              json: |
                {"model": "gpt-5", "input": "cut", "stream": true}
            response:
              status: 200
              framing: chunked
              timing: modelled
              headers:
              - [content-type, text/event-stream]
              frames:
              - {event: response.created, data: '{"type":"response.created","sequence_number":0}'}
              head-ms: 1
              at-ms: [1]
              end-ms: 2
              ending: upstream-reset
            """;

    private LlmSim gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("sockets.llm.yaml"), CASSETTE);
        gateway = LlmSim.builder(Mode.REPLAY)
                .files(List.of(file))
                .pace(Pace.INSTANT)
                .gateway(config -> config.withLimits(config.limits().withMaxWebSockets(3)))
                .start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** A client that keeps what it was told. */
    private static final class Heard implements WebSocket.Listener {
        final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        final CompletableFuture<String> pong = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                messages.add(parsed(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            pong.complete(StandardCharsets.UTF_8.decode(message).toString());
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }

        JsonNode next() throws InterruptedException {
            JsonNode message = messages.poll(20, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no message within 20 s; closed: " + closed);
            }
            return message;
        }

        List<String> next(int count) throws InterruptedException {
            List<String> types = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                types.add(next().path("type").asText());
            }
            return types;
        }

        private static JsonNode parsed(String json) {
            try {
                return Conversation.JSON.readTree(json);
            } catch (IOException e) {
                throw new AssertionError(json, e);
            }
        }
    }

    private WebSocket open(Heard heard, String path) {
        URI uri = URI.create(gateway.address().resolve(path).toString().replace("http:", "ws:"));
        return http.newWebSocketBuilder()
                .header("authorization", "Bearer x")
                .buildAsync(uri, heard)
                .join();
    }

    private static void say(WebSocket socket, String json) {
        socket.sendText(json, true).join();
    }

    @Test
    void aMessageIsAnsweredWithTheEventsOfTheStreamAsMessages() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open(heard, "/openai/v1/responses");
        say(socket, "{\"type\":\"response.create\",\"model\":\"gpt-5\",\"input\":\"hi\"}");
        assertThat(heard.next().path("type").asText()).isEqualTo("response.created");
        assertThat(heard.next().path("delta").asText()).isEqualTo("Grüße");
        assertThat(heard.next().path("type").asText()).isEqualTo("response.completed");

        say(socket, "{\"type\":\"response.create\",\"response\":{\"model\":\"gpt-5\",\"input\":\"hi\"}}");
        assertThat(heard.next(3)).last().isEqualTo("response.completed");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
        assertThat(heard.closed.get(20, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
        await().until(() -> gateway.openExchanges() == 0);
    }

    @Test
    void everyEventOfALaneNamesIt() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open(heard, "/openai/v1/responses");
        for (String lane : List.of("a", "b")) {
            say(
                    socket,
                    "{\"type\":\"response.create\",\"stream_id\":\"" + lane
                            + "\",\"model\":\"gpt-5\",\"input\":\"hi\"}");
        }
        List<String> lanes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lanes.add(heard.next().path("stream_id").asText());
        }
        assertThat(lanes).containsExactlyInAnyOrder("a", "a", "a", "b", "b", "b");
        socket.abort();
    }

    @Test
    void whatCannotBeReadIsAnsweredAndTheConnectionStays() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open(heard, "/openai/v1/responses");
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
        for (String wrong : List.of("no json", "[1]", "{\"type\":\"session.update\"}", "{}")) {
            say(socket, wrong);
            JsonNode error = heard.next();
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.path("status").asInt()).isEqualTo(400);
            assertThat(error.path("code").asText()).isEqualTo("invalid_request");
            assertThat(error.path("error").path("code").asText()).isEqualTo("invalid_request");
            assertThat(error.path("message").asText())
                    .isNotBlank()
                    .isEqualTo(error.path("error").path("message").asText());
        }
        socket.sendPing(ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8)))
                .join();
        assertThat(heard.pong.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
        say(socket, "{\"type\":\"response.create\",\"model\":\"gpt-5\",\"input\":\"hi\"}");
        assertThat(heard.next(3)).last().isEqualTo("response.completed");
        socket.abort();
    }

    @Test
    void anErrorOfTheHttpFormIsAMessage() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open(heard, "/openai/v1/responses");
        say(
                socket,
                "{\"type\":\"response.create\",\"stream_id\":\"x\",\"model\":\"gpt-5\",\"input\":\"never recorded\"}");
        JsonNode error = heard.next();
        assertThat(error.path("stream_id").asText()).isEqualTo("x");
        assertThat(error.path("status").asInt()).isEqualTo(424);
        assertThat(error.path("error").path("message").asText()).contains("no recording answers");
        say(socket, "{\"type\":\"response.create\",\"model\":\"gpt-5\",\"input\":\"hi\"}");
        assertThat(heard.next(3)).last().isEqualTo("response.completed");
        socket.abort();
    }

    /** A raw client: the JDK's does not always tell of an end that comes together with a message. */
    @Test
    void aStreamThatWasCutCutsTheConnection() throws Exception {
        try (RawConnection client = opened("/openai/v1/responses")) {
            client.send(frame("{\"type\":\"response.create\",\"model\":\"gpt-5\",\"input\":\"cut\"}"));
            assertThat(client.readToEnd().reset()).isTrue();
        }
        await().until(() -> gateway.openExchanges() == 0);
    }

    private RawConnection opened(String path) throws IOException {
        RawConnection client = RawConnection.to(new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort()));
        client.send(RawMessage.head(
                "GET " + path + " HTTP/1.1",
                "Host: a",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "Sec-WebSocket-Version: 13"));
        assertThat(client.readHead()).contains("101");
        return client;
    }

    /** A text message, masked with zeros and padded to a length of two bytes. */
    private static byte[] frame(String json) {
        byte[] bytes = (json + " ".repeat(126)).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .put((byte) 0x81)
                .put((byte) (0x80 | 126))
                .putShort((short) bytes.length)
                .putInt(0)
                .put(bytes)
                .array();
    }

    @Test
    void faultsOfTheSessionAreDoneToTheAnswersOnIt() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open(heard, "/s/faulty/openai/v1/responses");
        LlmSimSession session = gateway.session("faulty");
        session.faults(Fault.parseAll("drop@event=2"));
        say(socket, "{\"type\":\"response.create\",\"model\":\"gpt-5\",\"input\":\"hi\"}");
        assertThat(heard.next(2)).containsExactly("response.created", "response.completed");

        session.faults(Fault.parseAll("error@event=2"));
        say(socket, "{\"type\":\"response.create\",\"model\":\"gpt-5\",\"input\":\"hi\"}");
        assertThat(heard.next(2)).containsExactly("response.created", "error");

        socket.abort();
        session.faults(Fault.parseAll("cut@frame=1"));
        try (RawConnection client = opened("/s/faulty/openai/v1/responses")) {
            client.send(frame("{\"type\":\"response.create\",\"model\":\"gpt-5\",\"input\":\"hi\"}"));
            RawConnection.End end = client.readToEnd();
            assertThat(end.text()).contains("response.created").doesNotContain("response.completed");
            assertThat(end.reset()).isFalse();
        }
    }

    @Test
    void moreThanTheLimitAreRefused() throws Exception {
        List<WebSocket> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(open(new Heard(), "/openai/v1/responses"));
        }
        assertThat(refusal("/openai/v1/responses")).isEqualTo(503);
        open.get(0).abort();
        await().untilAsserted(() -> open.add(open(new Heard(), "/openai/v1/responses")));
        open.forEach(WebSocket::abort);
    }

    @Test
    void thereIsNoneElsewhere() {
        assertThat(refusal("/openai/v1/realtime")).isEqualTo(501);
        assertThat(refusal("/anthropic/v1/messages")).isEqualTo(501);
        assertThat(refusal("/llmsim/stats")).isEqualTo(501);
    }

    private int refusal(String path) {
        try {
            open(new Heard(), path);
            throw new AssertionError(path + " was opened");
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    @Test
    void stoppingClosesIdleSocketsAtOnce() throws Exception {
        Heard heard = new Heard();
        open(heard, "/openai/v1/responses");
        gateway.close();
        assertThat(heard.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1001);
    }

    @Test
    void hostileFramesEndTheConnectionAndNothingElse() throws Exception {
        for (String frame : List.of(
                "\u0081\u0002hi",
                "\u00ff\u00ff\u00ff",
                "\u0081\u00ff\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
                "GET / HTTP/1.1\r\n\r\n")) {
            try (RawConnection client = opened("/openai/v1/responses")) {
                client.send(frame);
                client.readToEnd();
            }
        }
        await().until(() -> gateway.openExchanges() == 0);
    }
}
