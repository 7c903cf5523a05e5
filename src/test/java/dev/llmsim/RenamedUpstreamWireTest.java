package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.testkit.RawUpstream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recording answers under every name that stands for the server it came from, also where a base has a path. */
class RenamedUpstreamWireTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "'', /v1/chat, '', /v1/chat",
        "/api, /v1/chat, /api, /v1/chat",
        "/api, /v1/chat, '', /api/v1/chat",
        "'', /api/v1/chat, /api, /v1/chat"
    })
    void answersUnderAnotherName(String firstPath, String firstTarget, String laterPath, String laterTarget)
            throws Exception {
        URI server;
        try (RawUpstream upstream = RawUpstream.start(connection -> {
            connection.readMessage();
            connection.send(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
        })) {
            server = upstream.uri();
            LlmSim record = LlmSim.builder(Mode.RECORD)
                    .store(folder)
                    .upstreams(Upstreams.wellKnown().with("first=" + server + firstPath))
                    .start();
            assertThat(ask(record, "first", firstTarget).statusCode()).isEqualTo(200);
            record.close(Duration.ofSeconds(10));
        }
        Upstreams both =
                Upstreams.wellKnown().with("first=" + server + firstPath).with("later=" + server + laterPath);
        try (LlmSim replay =
                LlmSim.builder(Mode.REPLAY).store(folder).upstreams(both).start()) {
            HttpResponse<byte[]> answer = ask(replay, "later", laterTarget);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("ok");
            assertThat(Asking.header(answer, "x-llmsim-source")).isEqualTo("recorded");
        }
    }

    @Test
    void answersUnderItsNameWhereNobodyGivesItsAddress() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
            connection.readMessage();
            connection.send(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
        })) {
            LlmSim record = LlmSim.builder(Mode.RECORD)
                    .store(folder)
                    .upstreams(Upstreams.wellKnown().with("x=" + upstream.uri()))
                    .start();
            assertThat(ask(record, "x", "/v1/chat/completions").statusCode()).isEqualTo(200);
            record.close(Duration.ofSeconds(10));
        }
        try (LlmSim replay = LlmSim.builder(Mode.REPLAY).store(folder).start()) {
            HttpResponse<byte[]> answer = ask(replay, "x", "/v1/chat/completions");
            assertThat(Asking.header(answer, "x-llmsim-source")).isEqualTo("recorded");
            assertThat(ask(replay, "x", "/v1/other").statusCode()).isEqualTo(424);
            assertThat(ask(replay, "y", "/v1/other").statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<byte[]> ask(LlmSim gateway, String upstream, String target) throws Exception {
        return Asking.ask(
                gateway,
                new Conversation.Asked(
                        upstream,
                        "POST",
                        target,
                        List.of(new Conversation.Line("content-type", "application/json")),
                        Bytes.utf8("{\"a\":1}")));
    }
}
