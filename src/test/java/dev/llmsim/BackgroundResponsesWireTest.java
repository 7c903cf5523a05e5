package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.simulation.RateLimit;
import dev.llmsim.synth.SynthSettings;
import dev.llmsim.synth.limits.Quota;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.timing.LatencyProfile;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A response in the background counts when it is created, as it does in the foreground, and never again. */
class BackgroundResponsesWireTest {
    private static final String PATH = "/openai/v1/responses";
    /** So few that what comes back meanwhile is less than one response takes. */
    private static final int LIMIT = 1_000;

    /** A response in the background is still being made when its stream is asked for, in the same second or the next. */
    private final LlmSim gateway = LlmSim.builder(Mode.SIMULATE)
            .simulator(SynthSettings.DEFAULT)
            .latency(new Latency(model -> LatencyProfile.ofMillis(1_200, 0, 0, 0), true))
            .quota(Quota.NONE.with(RateLimit.TOKENS, LIMIT))
            .start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private RawMessage ask(String line, String body) throws Exception {
        try (RawConnection client = sent(line, body)) {
            return client.readMessage();
        }
    }

    private RawConnection sent(String line, String body) throws Exception {
        RawConnection client = RawConnection.to(new InetSocketAddress(
                gateway.address().getHost(), gateway.address().getPort()));
        client.send(head(line + " HTTP/1.1", "Host: localhost", "Content-Length: " + body.length()) + body);
        return client;
    }

    private JsonNode stats() throws Exception {
        return Conversation.JSON.readTree(ask("GET /llmsim/stats", "").text());
    }

    private static String create(String more) {
        return "{\"model\":\"gpt-4o\",\"input\":\"Hi.\"" + more + "}";
    }

    @Test
    void itCountsOnceWhenItIsCreated() throws Exception {
        RawMessage whole = ask("POST " + PATH, create(""));
        JsonNode foreground = stats();
        long tokens = foreground.path("total_tokens").asLong();
        assertThat(tokens).isPositive();

        RawMessage created = ask("POST " + PATH, create(",\"background\":true"));
        JsonNode background = stats();
        assertThat(Conversation.JSON.readTree(created.text()).path("status").asText())
                .isEqualTo("queued");
        assertThat(background.path("total_tokens").asLong()).isEqualTo(2 * tokens);
        assertThat(background.at("/model_requests/gpt-4o").asInt()).isEqualTo(2);
        assertThat(left(whole)).isLessThan(LIMIT);
        assertThat(left(created)).isLessThan(left(whole));

        String id = Conversation.JSON.readTree(created.text()).path("id").asText();
        ask("GET " + PATH + "/" + id, "");
        assertThat(ask("GET " + PATH + "/" + id + "?stream=true", "").text()).contains("response.completed");
        assertThat(stats().path("total_tokens").asLong()).isEqualTo(2 * tokens);
    }

    @Test
    void oneThatIsStreamedTwiceCountsOnce() throws Exception {
        String id;
        String body = create(",\"background\":true,\"stream\":true");
        try (RawConnection client = sent("POST " + PATH, body)) {
            id = client.readUntil("\"status\"").replaceFirst("(?s).*?\"id\":\"(resp_[0-9a-f]+)\".*", "$1");
        }
        JsonNode once = stats();
        assertThat(once.path("total_tokens").asLong()).isPositive();

        assertThat(ask("GET " + PATH + "/" + id + "?stream=true", "").text()).contains("response.completed");
        assertThat(stats().path("total_tokens")).isEqualTo(once.path("total_tokens"));
        assertThat(stats().at("/model_requests/gpt-4o").asInt()).isEqualTo(1);
    }

    private static long left(RawMessage answer) {
        return Long.parseLong(answer.header("x-ratelimit-remaining-tokens"));
    }
}
