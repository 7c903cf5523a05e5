package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.synth.faults.Fault;
import dev.llmsim.synth.script.Script;
import dev.llmsim.synth.script.Turn;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import dev.llmsim.timing.Pace;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults as they look on the wire, on answers of every source. */
class FaultsWireTest {
    private static final String CHAT = "/openai/v1/chat/completions";
    private static final String STREAM =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}";
    private static final String WHOLE = STREAM.replace("\"stream\":true,", "");
    private static final String RECORDED =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of Mexico?\"}]}";

    private static LlmSim gateway;

    @BeforeAll
    static void start() {
        gateway = simulator().files(List.of(Path.of("cassettes"))).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static LlmSimBuilder simulator() {
        return LlmSim.builder(Mode.SIMULATE)
                .latency(Latency.INSTANT)
                .pace(Pace.INSTANT)
                .seed(1);
    }

    private static RawConnection sent(LlmSim to, String line, String body, String... headers) throws Exception {
        List<String> lines = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: localhost"));
        lines.addAll(List.of(headers));
        lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        RawConnection client = RawConnection.to(
                new InetSocketAddress(to.address().getHost(), to.address().getPort()));
        client.send(head(lines.toArray(String[]::new)) + body);
        return client;
    }

    private static RawMessage ask(LlmSim to, String line, String body, String... headers) throws Exception {
        try (RawConnection client = sent(to, line, body, headers)) {
            return client.readMessage();
        }
    }

    private static RawConnection.End end(LlmSim to, String body, String... headers) throws Exception {
        try (RawConnection client = sent(to, "POST " + CHAT, body, headers)) {
            return client.readToEnd();
        }
    }

    private static List<String> events(RawMessage answer) {
        return List.of(answer.text().split("(?<=\n\n)"));
    }

    private static JsonNode json(RawMessage answer) throws Exception {
        return Conversation.JSON.readTree(answer.text());
    }

    @ParameterizedTest
    @CsvSource({"cut, false", "reset, true"})
    void aStreamEndsAfterSoManyEvents(String kind, boolean reset) throws Exception {
        for (String body : List.of(STREAM, RECORDED)) {
            RawMessage whole = ask(gateway, "POST " + CHAT, body);
            RawConnection.End end = end(gateway, body, "x-llmsim-fault: " + kind + "@frame=3");

            assertThat(end.reset()).isEqualTo(reset);
            assertThat(end.text().split("data: ", -1)).hasSize(3 + 1);
            assertThat(end.text())
                    .contains("x-llmsim-fault: " + kind + "@frame=3")
                    .doesNotContain("[DONE]", "\r\n0\r\n");
            assertThat(RawConnection.header(end.text(), "x-llmsim-source")).isEqualTo(whole.header("x-llmsim-source"));
        }
    }

    @Test
    void aWholeBodyEndsShortOfItsLength() throws Exception {
        RawConnection.End end = end(gateway, WHOLE, "x-llmsim-fault: cut@byte=10");
        String body = end.text().substring(end.text().indexOf("\r\n\r\n") + 4);

        assertThat(body).hasSize(10);
        assertThat(Integer.parseInt(RawConnection.header(end.text(), "content-length")))
                .isGreaterThan(10);
        assertThat(end.reset()).isFalse();
    }

    /** The stall is an hour: what comes before it has come, what comes after it has not when the client leaves. */
    @Test
    void aStalledStreamSendsWhatComesBefore() throws Exception {
        try (RawConnection client = sent(gateway, "POST " + CHAT, STREAM, "x-llmsim-fault: stall@frame=2;for=60m")) {
            assertThat(client.readHead()).contains("x-llmsim-fault: stall@frame=2;for=60m");
            String before = "";
            while (before.split("\n\n", -1).length < 3) {
                before += client.readChunk();
            }
            assertThat(before.split("\n\n", -1)).hasSize(3);
            assertThat(client.in().available()).isZero();
        }
    }

    @Test
    void aStallEnds() throws Exception {
        RawMessage stalled = ask(gateway, "POST " + CHAT, STREAM, "x-llmsim-fault: stall@frame=2;for=1500ms");
        assertThat(stalled.text()).endsWith("data: [DONE]\n\n");
        assertThat(stalled.chunkSizes()).hasSizeGreaterThan(1);
    }

    @Test
    void anEventIsDroppedDamagedOrReplacedByAnError() throws Exception {
        List<String> whole = events(ask(gateway, "POST " + CHAT, RECORDED));

        List<String> dropped = events(ask(gateway, "POST " + CHAT, RECORDED, "x-llmsim-fault: drop@event=2"));
        List<String> expected = new ArrayList<>(whole);
        expected.remove(1);
        assertThat(dropped).isEqualTo(expected);

        List<String> damaged = events(ask(gateway, "POST " + CHAT, RECORDED, "x-llmsim-fault: corrupt@event=2"));
        assertThat(damaged).hasSameSizeAs(whole);
        assertThat(damaged.get(1)).isNotEqualTo(whole.get(1)).hasSameSizeAs(whole.get(1));
        assertThatThrownBy(() -> Conversation.JSON.readTree(damaged.get(1).substring("data: ".length())));
        assertThat(damaged.get(2)).isEqualTo(whole.get(2));

        List<String> failed = events(ask(gateway, "POST " + CHAT, RECORDED, "x-llmsim-fault: error@event=2"));
        assertThat(failed).hasSize(2);
        assertThat(failed.get(0)).isEqualTo(whole.get(0));
        assertThat(failed.get(1)).startsWith("data: {\"error\":{\"message\":");
    }

    @Test
    void aSplitBodyComesInTwoChunks() throws Exception {
        String whole = ask(gateway, "POST " + CHAT, RECORDED).text();
        // the second half is due 20 ms after the request: a machine that decides later than that sends both at once
        await().untilAsserted(() -> {
            RawMessage split = ask(gateway, "POST " + CHAT, RECORDED, "x-llmsim-fault: split@byte=17");
            assertThat(split.text()).isEqualTo(whole);
            assertThat(split.chunkSizes().get(0)).isEqualTo(17);
        });
    }

    @Test
    void aDripComesInManyChunks() throws Exception {
        RawMessage dripped = ask(gateway, "POST " + CHAT, RECORDED, "x-llmsim-fault: drip;rate=2KB/s");
        assertThat(dripped.text())
                .isEqualTo(ask(gateway, "POST " + CHAT, RECORDED).text());
        assertThat(dripped.header("x-llmsim-source")).isEqualTo("recorded");
        assertThat(dripped.chunkSizes()).hasSizeGreaterThan(1);
    }

    @Test
    void aScriptedAnswerIsCutAsWell() throws Exception {
        try (LlmSim scripted =
                simulator().script(Script.of(Turn.assistant("scripted"))).start()) {
            RawConnection.End end = end(scripted, STREAM, "x-llmsim-fault: cut@frame=1");
            assertThat(RawConnection.header(end.text(), "x-llmsim-source")).isEqualTo("script");
            assertThat(end.text()).contains("x-llmsim-fault: cut@frame=1").doesNotContain("[DONE]");
        }
    }

    @Test
    void replayCutsWhatWasRecorded() throws Exception {
        try (LlmSim replay = LlmSim.builder(Mode.REPLAY)
                .files(List.of(Path.of("cassettes")))
                .pace(Pace.INSTANT)
                .faults(Fault.parseAll("reset@frame=1"))
                .start()) {
            RawConnection.End end = end(replay, RECORDED);
            assertThat(end.reset()).isTrue();
            assertThat(RawConnection.header(end.text(), "x-llmsim-source")).isEqualTo("recorded");
            assertThat(events(ask(replay, "POST " + CHAT, RECORDED, "x-llmsim-fault: none")))
                    .last()
                    .isEqualTo("data: [DONE]\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"burn@frame=1", "cut@frame=x", "stall@frame=1", "cut@frame=1;p=7"})
    void aWrongHeaderIsRefusedInTheProvidersEnvelope(String fault) throws Exception {
        RawMessage answer = ask(gateway, "POST " + CHAT, STREAM, "x-llmsim-fault: " + fault);
        assertThat(answer.startLine()).startsWith("HTTP/1.1 400 ");
        assertThat(json(answer).at("/error/message").asText())
                .startsWith("header x-llmsim-fault: fault: \"" + fault + "\": ")
                .contains("(expected: ");
    }

    @Test
    void aWebSocketIsNotOpenedWithTheHeader() throws Exception {
        RawMessage answer = ask(
                gateway,
                "GET /openai/v1/responses",
                "",
                "Connection: upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "x-llmsim-fault: cut@frame=1");
        assertThat(answer.startLine()).startsWith("HTTP/1.1 400 ");
        assertThat(answer.text()).contains("given for a WebSocket (expected: ");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"PASSTHROUGH", "RECORD", "AUTO"})
    void whatComesFromUpstreamIsCutByConfigurationHeaderAndPage(Mode mode, @TempDir Path folder) throws Exception {
        String stream = head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked")
                + chunk("data: 1\n\ndata: 2\n\n") + chunk("data: 3\n\n") + "0\r\n\r\n";
        try (RawUpstream upstream = RawUpstream.answering(stream);
                LlmSim forwarding = LlmSim.builder(mode)
                        .store(folder)
                        .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                        .faults(Fault.parseAll("cut@frame=1"))
                        .start()) {
            RawConnection.End end = end(forwarding, STREAM);
            assertThat(end.text()).contains("x-llmsim-fault: cut@frame=1").endsWith("data: 1\n\n\r\n");
            assertThat(end(forwarding, STREAM, "x-llmsim-fault: cut@frame=2").text())
                    .endsWith("data: 2\n\n\r\n");
            ask(forwarding, "POST /llmsim/faults", "{\"faults\":[\"drop@event=1\"]}");
            assertThat(ask(forwarding, "POST " + CHAT, STREAM).text()).isEqualTo("data: 2\n\ndata: 3\n\n");
            JsonNode stats = json(ask(forwarding, "GET /llmsim/stats", ""));
            assertThat(stats.path("faults").asInt()).isEqualTo(3);
            assertThat(stats.path("faults_cut").asInt()).isEqualTo(2);
            assertThat(stats.path("faults_drop").asInt()).isEqualTo(1);
        }
    }

    @Test
    void autoDoesThemToWhatItPlaysToo(@TempDir Path folder) throws Exception {
        String stream = head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked")
                + chunk("data: 1\n\n") + chunk("data: [DONE]\n\n") + "0\r\n\r\n";
        try (RawUpstream upstream = RawUpstream.answering(stream);
                LlmSim auto = LlmSim.builder(Mode.AUTO)
                        .store(folder)
                        .upstreams(Upstreams.wellKnown().with("openai=" + upstream.uri()))
                        .start()) {
            assertThat(ask(auto, "POST " + CHAT, STREAM, "x-llmsim-fault: drop@event=1")
                            .text())
                    .isEqualTo("data: [DONE]\n\n");
            assertThat(ask(auto, "POST " + CHAT, STREAM).header("x-llmsim-source"))
                    .isEqualTo("upstream");
            await().until(() -> ask(auto, "POST " + CHAT, STREAM).header("x-llmsim-source"), "recorded"::equals);
            RawMessage played = ask(auto, "POST " + CHAT, STREAM, "x-llmsim-fault: drop@event=1");
            assertThat(played.header("x-llmsim-source")).isEqualTo("recorded");
            assertThat(played.text()).isEqualTo("data: [DONE]\n\n");
        }
    }

    @Test
    void faultsThatArePlayedAreCounted() throws Exception {
        try (LlmSim own = simulator().start()) {
            ask(own, "POST " + CHAT, STREAM, "x-llmsim-fault: drop@event=1,corrupt@event=1,drop@event=9999");
            JsonNode stats = json(ask(own, "GET /llmsim/stats", ""));
            assertThat(stats.path("faults").asInt()).isEqualTo(2);
            assertThat(stats.path("faults_drop").asInt()).isEqualTo(1);
            assertThat(stats.path("faults_corrupt").asInt()).isEqualTo(1);
            assertThat(stats.path("faults_reset").asInt(-1)).isZero();
        }
    }

    @Test
    void faultsAreSetShownAndEndedAtRunTimeForAllAndForOneSession() throws Exception {
        try (LlmSim own = simulator().start()) {
            String page = "/llmsim/faults";
            RawMessage set = ask(own, "POST " + page, "{\"faults\":[\"drop@event=1\",\"corrupt@event=1\"]}");
            assertThat(set.startLine()).startsWith("HTTP/1.1 200 ");
            assertThat(set.text()).isEqualTo("{\"faults\":[\"drop@event=1\",\"corrupt@event=1\"]}");
            ask(own, "POST " + page, "{\"session\":\"a\",\"faults\":[\"error@event=2\"]}");
            ask(own, "POST " + page + "?session=b", "{\"faults\":[]}");

            assertThat(done(own, "x-llmsim-session: a")).isEqualTo("error@event=2");
            assertThat(done(own, "x-llmsim-session: b")).isEmpty();
            assertThat(done(own, "x-llmsim-session: c")).isEqualTo("drop@event=1, corrupt@event=1");
            assertThat(done(own, "accept: any")).isEqualTo("drop@event=1, corrupt@event=1");
            assertThat(ask(own, "GET /openai/v1/models", "").header("x-llmsim-fault"))
                    .isEmpty();
            assertThat(ask(own, "GET " + page + "?session=a", "").text())
                    .isEqualTo("{\"session\":\"a\",\"own\":true,\"faults\":[\"error@event=2\"]}");

            assertThat(ask(own, "DELETE " + page + "?session=a", "").startLine())
                    .startsWith("HTTP/1.1 204 ");
            assertThat(done(own, "x-llmsim-session: a")).isEqualTo("drop@event=1, corrupt@event=1");
            ask(own, "DELETE " + page, "");
            assertThat(ask(own, "GET " + page, "").text()).isEqualTo("{\"faults\":[]}");
            assertThat(done(own, "x-llmsim-session: c")).isEmpty();
        }
    }

    private static String done(LlmSim to, String session) throws Exception {
        return ask(to, "POST " + CHAT, STREAM, session).header("x-llmsim-fault");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"faults\":\"cut@frame=1\"}",
                "{\"faults\":[1]}",
                "{\"faults\":[\"cut\"]}",
                "{\"faults\":[],\"session\":\"a b\"}",
                "{\"faults\":[],\"session\":1.5e1000000}",
                "{\"fault\":[]}",
            })
    void aWrongBodyIsRefused(String body) throws Exception {
        RawMessage answer = ask(gateway, "POST /llmsim/faults", body);
        assertThat(answer.startLine()).startsWith("HTTP/1.1 400 ");
        assertThat(answer.text()).contains("(expected: ");
    }

    @Test
    void whatHappensByChanceFollowsFromTheSeedOfTheSession() throws Exception {
        List<String> one = byChance(7, "a");
        assertThat(one).contains("", "drop@event=1;p=0.5");
        assertThat(byChance(7, "a")).isEqualTo(one);
        assertThat(byChance(7, "b")).isNotEqualTo(one);
        assertThat(byChance(8, "a")).isNotEqualTo(one);
    }

    private static List<String> byChance(long seed, String session) throws Exception {
        List<String> done = new ArrayList<>();
        try (LlmSim own = simulator()
                .seed(seed)
                .faults(Fault.parseAll("drop@event=1;p=0.5"))
                .start()) {
            for (int i = 0; i < 24; i++) {
                done.add(done(own, "x-llmsim-session: " + session));
            }
        }
        return done;
    }
}
