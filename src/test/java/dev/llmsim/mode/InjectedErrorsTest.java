package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.synth.Conditions;
import dev.llmsim.synth.Simulator;
import dev.llmsim.synth.SynthSettings;
import dev.llmsim.synth.errors.ErrorRates;
import dev.llmsim.synth.limits.Quota;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InjectedErrorsTest {
    private static final Session SESSION = new Sessions(1).usual();

    private static final Request CHAT = Fixtures.request("openai", "{}");
    private static final ErrorRates TIMEOUTS = new ErrorRates(0, 0, 1, Duration.ofSeconds(5), 0, 0);

    @Test
    void aTimeoutIsDueAfterItsDelayHoweverFastTheModel() {
        Response answer = ((Decision.Respond) decision(ModeDecider.passthrough(Fixtures.ROUTING), TIMEOUTS)).response();

        assertThat(answer.head().orElseThrow().status()).isEqualTo(504);
        assertThat(answer.headMicros()).isEqualTo(5_000_000);
        assertThat(answer.frames()).allMatch(frame -> frame.offsetMicros() == 5_000_000);
        assertThat(answer.endMicros()).isEqualTo(5_000_000);
    }

    @Test
    void anErrorComesBeforeWhateverWouldAnswer() {
        ModeDecider other = ModeDecider.passthrough(Fixtures.ROUTING);

        assertThat(decision(other, TIMEOUTS))
                .isInstanceOfSatisfying(
                        Decision.Respond.class,
                        respond -> assertThat(respond.origin()).isEqualTo(Origin.FAULT));
        assertThat(decision(other, ErrorRates.NONE)).isInstanceOf(Decision.Forward.class);
    }

    @Test
    void whatHasNoErrorGoesOn() {
        ModeDecider decider = ModeDecider.passthrough(Fixtures.ROUTING)
                .after((request, session) -> CompletableFuture.completedFuture(Optional.empty()));

        assertThat(decider.mode()).isEqualTo(Mode.PASSTHROUGH);
        assertThat(decider.decide(CHAT, SESSION).toCompletableFuture().join()).isInstanceOf(Decision.Forward.class);
        assertThat(decider.decideByHead(Fixtures.withHeaders(CHAT, Headers.EMPTY), SESSION))
                .isInstanceOf(Decision.Forward.class);
    }

    private static Decision decision(ModeDecider decider, ErrorRates rates) {
        Simulated simulated = new Simulated(
                new Simulator(
                        List.of(new OpenAiSurface(List.of())),
                        SynthSettings.DEFAULT,
                        new Conditions(rates, Quota.NONE)),
                Fixtures.ROUTING,
                Latency.INSTANT,
                Runnable::run);
        return decider.after(simulated.injectedErrors())
                .decide(CHAT, SESSION)
                .toCompletableFuture()
                .join();
    }
}
