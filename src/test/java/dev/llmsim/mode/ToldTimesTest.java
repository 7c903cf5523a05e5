package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.Upstream;
import dev.llmsim.provider.bedrock.BedrockSurface;
import dev.llmsim.provider.framing.EventStreamMessage;
import dev.llmsim.provider.ollama.OllamaSurface;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.synth.Simulator;
import dev.llmsim.synth.SynthSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an answer tells of its own time is what its reader measures. */
class ToldTimesTest {
    private static final String CONVERSE = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}";

    private final Session session = new Sessions(1).usual();

    @Test
    void ollamasDurationsArePlayed() throws JsonProcessingException {
        Response played = played(
                Dialect.OLLAMA,
                "/api/chat",
                "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        List<Frame> lines = played.frames();
        JsonNode last = json(lines.get(lines.size() - 1));

        assertThat(last.path("total_duration").asLong() / 1_000).isEqualTo(played.endMicros());
        assertThat((last.path("load_duration").asLong()
                                + last.path("prompt_eval_duration").asLong())
                        / 1_000)
                .isEqualTo(played.headMicros());
        Duration told = Duration.between(createdAt(lines.get(0)), createdAt(lines.get(7)));
        assertThat(told.toNanos() / 1_000)
                .isEqualTo(lines.get(7).offsetMicros() - lines.get(0).offsetMicros());
    }

    @Test
    void aSeedSetsThePaceToo() {
        String asked =
                "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"options\":{\"seed\":3}}";

        Response once = played(Dialect.OLLAMA, "/api/chat", asked);
        assertThat(played(Dialect.OLLAMA, "/api/chat", asked).frames()).isEqualTo(once.frames());
    }

    @Test
    void bedrocksLatencyIsPlayed() throws JsonProcessingException {
        Response whole = played(Dialect.BEDROCK, "/model/anthropic.claude-sonnet-4-5-20250929-v1:0/converse", CONVERSE);
        assertThat(json(whole.frames().get(0)).at("/metrics/latencyMs").asLong())
                .isEqualTo(whole.endMicros() / 1_000);

        Response streamed =
                played(Dialect.BEDROCK, "/model/anthropic.claude-sonnet-4-5-20250929-v1:0/converse-stream", CONVERSE);
        Bytes last = EventStreamMessage.parse(
                        streamed.frames().get(streamed.frames().size() - 1).bytes())
                .orElseThrow()
                .payload();
        assertThat(Json.parse(last.utf8()).at("/metrics/latencyMs").asLong()).isEqualTo(streamed.endMicros() / 1_000);
    }

    private Response played(Dialect dialect, String path, String body) {
        Simulator simulator = new Simulator(List.of(new OllamaSurface(), new BedrockSurface()), SynthSettings.DEFAULT);
        Routing routing = new Routing(
                name -> Optional.of(new Upstream(name, null, dialect)),
                (upstream, request) -> Optional.empty(),
                (upstream, request) -> dialect);
        Request request = new Request(dialect.id(), "POST", path, Headers.EMPTY, Bytes.utf8(body));
        Optional<Decision> decision = new Simulated(simulator, routing, Latency.BY_MODEL, Runnable::run)
                .answer(request, session)
                .toCompletableFuture()
                .join();
        return ((Decision.Respond) decision.orElseThrow()).response();
    }

    private static Instant createdAt(Frame line) throws JsonProcessingException {
        return Instant.parse(json(line).path("created_at").asText());
    }

    private static JsonNode json(Frame frame) throws JsonProcessingException {
        return Json.parse(frame.bytes().utf8());
    }
}
