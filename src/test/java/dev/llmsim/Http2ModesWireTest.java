package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Ending;
import dev.llmsim.gateway.RequestLog;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.provider.model.Catalogue;
import dev.llmsim.synth.Generator;
import dev.llmsim.synth.SynthSettings;
import dev.llmsim.synth.ToolUse;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawHttp2;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import dev.llmsim.timing.Pace;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mode answers over HTTP/2 what it answers over HTTP/1.1. */
class Http2ModesWireTest {
    private static final String CHAT = "/openai/v1/chat/completions";
    private static final String BODY =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}";
    private static final String EVENTS = "data: {\"n\":1}\n\ndata: {\"n\":2}\n\n";

    @TempDir
    private Path folder;

    private static LlmSimBuilder simulator() {
        return LlmSim.builder(Mode.SIMULATE).latency(Latency.INSTANT).seed(1);
    }

    private static InetSocketAddress address(LlmSim of) {
        return new InetSocketAddress(of.address().getHost(), of.address().getPort());
    }

    private static RawHttp2 client(LlmSim to, int... settings) throws Exception {
        return RawHttp2.to(address(to), settings);
    }

    private static int post(RawHttp2 client, String path, String body, String... headers) throws Exception {
        return client.post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static RawHttp2.Stream ask(LlmSim to, String path, String body, String... headers) throws Exception {
        try (RawHttp2 client = client(to)) {
            return client.await(post(client, path, body, headers));
        }
    }

    private static RawMessage askOverHttp1(LlmSim to, String path, String body) throws Exception {
        try (RawConnection client = RawConnection.to(address(to))) {
            client.send(
                    head("POST " + path + " HTTP/1.1", "Host: localhost", "Content-Length: " + body.length()) + body);
            return client.readMessage();
        }
    }

    @Test
    void theSimulatorSaysTheSame() throws Exception {
        try (LlmSim one = simulator().start();
                LlmSim other = simulator().start()) {
            RawMessage before = askOverHttp1(one, CHAT, BODY);
            RawHttp2.Stream now = ask(other, CHAT, BODY);
            assertThat(now.status()).isEqualTo("200");
            assertThat(now.whole).isTrue();
            assertThat(now.body()).endsWith("data: [DONE]\n\n");
            assertThat(now.body().length()).isEqualTo(before.text().length());
            assertThat(now.header("x-llmsim-source")).isEqualTo("synthetic");
            assertThat(now.head)
                    .noneMatch(line -> line.startsWith("connection:") || line.startsWith("transfer-encoding:"));
        }
    }

    @Test
    void theSessionIsNamedInTheAnswer() throws Exception {
        try (LlmSim gateway = simulator().start();
                RawHttp2 client = client(gateway)) {
            int named = post(client, CHAT, BODY, "x-llmsim-session: mine");
            int usual = post(client, CHAT, BODY);
            assertThat(client.await(named).header("x-llmsim-session")).isEqualTo("mine");
            assertThat(client.await(usual).header("x-llmsim-session")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "reset"})
    void aFaultResetsTheStreamAndNotTheConnection(String kind) throws Exception {
        try (LlmSim gateway = simulator().start();
                RawHttp2 client = client(gateway)) {
            RawHttp2.Stream got = client.await(post(client, CHAT, BODY, "x-llmsim-fault: " + kind + "@frame=3"));
            assertThat(got.body().split("data: ", -1)).hasSize(3 + 1);
            assertThat(got.whole).isFalse();
            assertThat(got.resetCode).isEqualTo(RawHttp2.INTERNAL_ERROR);
            assertThat(client.await(post(client, CHAT, BODY)).whole).isTrue();
        }
    }

    /** The split counts from the request: where deciding takes as long, what is due comes together. */
    @Test
    void aSplitAnswerComesInTwoFrames() throws Exception {
        try (LlmSim gateway = simulator().start()) {
            await().until(() -> {
                RawHttp2.Stream got = ask(gateway, CHAT, BODY, "x-llmsim-fault: split@byte=17");
                assertThat(got.body()).endsWith("data: [DONE]\n\n");
                return got.sizes.get(0) == 17;
            });
        }
    }

    /** More resets than the library sends by default before it takes itself for attacked: these are asked for. */
    @Test
    void manyFaultsAreNoFlood() throws Exception {
        try (LlmSim gateway = simulator().start();
                RawHttp2 client = client(gateway)) {
            for (int i = 0; i < 300; i++) {
                int stream = post(client, CHAT, BODY, "x-llmsim-fault: cut@frame=1");
                assertThat(client.await(stream).resetCode).isEqualTo(RawHttp2.INTERNAL_ERROR);
            }
            assertThat(client.goAwayCode()).isEqualTo(-1);
        }
    }

    @Test
    void whatWasRecordedIsReplayed() throws Exception {
        String answer = head(
                        "HTTP/1.1 200 OK",
                        "Content-Type: text/event-stream",
                        "X-Twice: a",
                        "X-Twice: b",
                        "Transfer-Encoding: chunked")
                + chunk(EVENTS) + "0\r\nX-Sum: 1\r\n\r\n";
        RawHttp2.Stream live;
        try (RawUpstream upstream = RawUpstream.answering(answer);
                LlmSim recorder = LlmSim.builder(Mode.RECORD)
                        .store(folder)
                        .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                        .start()) {
            live = ask(recorder, CHAT, BODY, "content-length: " + BODY.length());
        }
        List<RequestLog.Line> lines = new CopyOnWriteArrayList<>();
        try (LlmSim replay = LlmSim.builder(Mode.REPLAY)
                .store(folder)
                .strict(true)
                .onRequest(lines::add)
                .start()) {
            RawHttp2.Stream again = ask(replay, CHAT, BODY);
            await().until(() -> !lines.isEmpty());
            assertThat(lines.get(0).ending()).isEqualTo(Ending.COMPLETE);
            assertThat(again.header("x-llmsim-match")).isNotEmpty();
            assertThat(kept(again)).isEqualTo(kept(live));
            assertThat(again.body()).isEqualTo(EVENTS);
            assertThat(again.trailers).isEqualTo(live.trailers).containsExactly("x-sum: 1");
            assertThat(again.whole).isTrue();
            assertThat(askOverHttp1(replay, CHAT, BODY).text()).isEqualTo(EVENTS);
        }
    }

    private static List<String> kept(RawHttp2.Stream of) {
        return of.head.stream().filter(line -> !line.startsWith("x-llmsim-")).toList();
    }

    /** Cut while the client had all that came before. */
    @Test
    void whatWasCutIsReplayedAsCut() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readMessage();
                    connection.send(
                            head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked")
                                    + chunk(EVENTS));
                });
                LlmSim recorder = LlmSim.builder(Mode.RECORD)
                        .store(folder)
                        .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                        .start()) {
            assertThat(ask(recorder, CHAT, BODY, "content-length: " + BODY.length()).whole)
                    .isFalse();
        }
        try (LlmSim replay =
                LlmSim.builder(Mode.REPLAY).store(folder).strict(true).start()) {
            RawHttp2.Stream again = ask(replay, CHAT, BODY);
            assertThat(again.status()).isEqualTo("200");
            assertThat(again.body()).isEqualTo(EVENTS);
            assertThat(again.whole).isFalse();
            assertThat(again.resetCode).isEqualTo(RawHttp2.INTERNAL_ERROR);
        }
    }

    @Test
    void autoRecordsAndThenAnswers() throws Exception {
        String answer = head("HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Length: 2") + "{}";
        try (RawUpstream upstream = RawUpstream.answering(answer);
                LlmSim auto = LlmSim.builder(Mode.AUTO)
                        .store(folder)
                        .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                        .start()) {
            assertThat(ask(auto, CHAT, BODY).header("x-llmsim-source")).isEqualTo("upstream");
            await().until(() -> ask(auto, CHAT, BODY).header("x-llmsim-source").equals("recorded"));
        }
    }

    @Test
    void aMissIsRefusedInTheProvidersEnvelope() throws Exception {
        try (LlmSim replay = LlmSim.builder(Mode.REPLAY)
                .files(List.of(Path.of("cassettes")))
                .strict(true)
                .start()) {
            RawHttp2.Stream got = ask(replay, CHAT, BODY);
            assertThat(got.status()).isEqualTo("424");
            assertThat(got.header("x-should-retry")).isEqualTo("false");
            assertThat(got.header("x-llmsim-source")).isEqualTo("gateway");
            assertThat(got.whole).isTrue();
        }
    }

    /** A thousand events, none of which waits for the next, each of them taken before more is granted. */
    @Test
    void aLongStreamKeepsToTheWindowOfTheClient() throws Exception {
        String body = BODY.replace("\"stream\":true", "\"stream\":true,\"max_tokens\":1000");
        try (LlmSim gateway = simulator()
                        .simulator(new SynthSettings(
                                Generator.parse("sequence").generator(), 1_000, ToolUse.NEVER, Catalogue.standard()))
                        .start();
                RawHttp2 client = client(gateway, RawHttp2.INITIAL_WINDOW_SIZE, 300)) {
            RawHttp2.Stream got = client.await(post(client, CHAT, body));
            assertThat(got.whole).isTrue();
            assertThat(got.sizes).allMatch(size -> size <= 300).hasSizeGreaterThan(300);
            assertThat(got.body().split("data: ", -1)).hasSizeGreaterThan(1_000);
            assertThat(got.body()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void pacedStreamsRunSideBySide() throws Exception {
        try (LlmSim replay = LlmSim.builder(Mode.REPLAY)
                        .files(List.of(Path.of("cassettes")))
                        .pace(Pace.RECORDED)
                        .start();
                RawHttp2 client = client(replay)) {
            String body = "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of Mexico?\"}]}";
            List<Integer> streams = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                streams.add(post(client, CHAT, body));
            }
            for (int stream : streams) {
                RawHttp2.Stream got = client.await(stream);
                assertThat(got.header("x-llmsim-source")).isEqualTo("recorded");
                assertThat(got.body())
                        .isEqualTo(client.stream(streams.get(0)).body())
                        .endsWith("data: [DONE]\n\n");
            }
        }
    }

    /** The stall is an hour: all of them are in it at the same time. */
    @Test
    void fiftyStreamsWaitForNoOther() throws Exception {
        try (LlmSim gateway = simulator().start();
                RawHttp2 client = client(gateway)) {
            List<Integer> streams = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                streams.add(post(client, CHAT, BODY, "x-llmsim-fault: stall@frame=2;for=60m"));
            }
            client.readUntil(() -> streams.stream()
                    .allMatch(stream -> client.stream(stream).body().split("data: ", -1).length == 3));
            assertThat(streams).noneMatch(stream -> client.stream(stream).isOver());
        }
    }

    /** The JDK's client asks to go on in HTTP/2 with each first request, as nobody should any more (RFC 9113, section 3.1). */
    @Test
    void anUpgradeIsNotTaken() throws Exception {
        try (LlmSim gateway = simulator().start()) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(gateway.address().resolve(CHAT))
                                    .header("content-type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(BODY))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        }
    }
}
