package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.openai.responses.ResponsesEndpoints;
import dev.llmsim.synth.Simulator;
import dev.llmsim.synth.SynthSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What many sessions store together is bounded, too. */
class KeptBytesTest {
    private static final long MOST = 200_000;

    private final Sessions sessions = new Sessions(1, 1_000, MOST);
    private final Simulated simulated = new Simulated(
            new Simulator(List.of(new OpenAiSurface(ResponsesEndpoints.all())), SynthSettings.DEFAULT),
            Fixtures.ROUTING,
            Latency.INSTANT,
            Runnable::run);

    @Test
    void sessionsThatStoreTooMuchTogetherAreForgottenTheOldestFirst() {
        for (int i = 0; i < 100; i++) {
            store(sessions.at("s" + i));
            assertThat(sessions.keptBytes()).isLessThan(MOST + 50_000);
        }
        assertThat(sessions.find("s99")).isPresent();
        assertThat(sessions.find("s0")).isEmpty();
        assertThat(sessions.count()).isBetween(5, 50);
    }

    @Test
    void whatAForgottenSessionKeptCountsNoMore() {
        Session session = sessions.at("a");
        store(session);
        store(sessions.usual());
        assertThat(sessions.keptBytes()).isGreaterThan(20_000);

        sessions.forget("a");
        sessions.forget(Session.DEFAULT);
        store(session);
        assertThat(sessions.keptBytes()).as("nor what it would keep now").isZero();
    }

    private void store(Session session) {
        String body = "{\"model\":\"gpt-4o\",\"input\":\"" + "word ".repeat(2_000) + "\"}";
        Request request = new Request("openai", "POST", "/v1/responses", Headers.EMPTY, Bytes.utf8(body));
        assertThat(simulated.answer(request, session).toCompletableFuture().join())
                .isPresent();
    }
}
