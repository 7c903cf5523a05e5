package dev.llmsim.synth;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.anthropic.AnthropicSurface;
import dev.llmsim.provider.bedrock.BedrockSurface;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Sampling;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Tooling;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.model.Catalogue;
import dev.llmsim.provider.simulation.CallIds;
import java.time.Instant;
import java.util.List;

/** Prompts for tests, and a session that they are put to. */
final class Asking {
    static final long NOW_SECONDS = 1_770_000_000;
    static final Instant NOW = Instant.ofEpochSecond(NOW_SECONDS);

    private final SynthSettings settings;
    private final SynthState state = new SynthState(7);

    Asking(SynthSettings settings) {
        this.settings = settings;
    }

    static Asking lorem() {
        return new Asking(SynthSettings.DEFAULT);
    }

    static Asking with(String generator, int targetTokens, ToolUse tools) {
        return new Asking(
                new SynthSettings(Generator.parse(generator).generator(), targetTokens, tools, Catalogue.standard()));
    }

    Reply reply(Prompt prompt) {
        return engine(Dialect.OPENAI, "{}").reply(prompt);
    }

    Simulation engine(Dialect dialect, String body) {
        Request request = new Request("openai", "POST", "/v1/chat/completions", Headers.EMPTY, Bytes.utf8(body));
        return new Simulation(
                settings,
                state,
                new Simulation.Circumstances(request, NOW_SECONDS, dialect == Dialect.ANTHROPIC, callIds(dialect)));
    }

    private static CallIds callIds(Dialect dialect) {
        return switch (dialect) {
            case ANTHROPIC -> new AnthropicSurface().callIds();
            case BEDROCK -> new BedrockSurface().callIds();
            default -> CallIds.USUAL;
        };
    }

    static Prompt prompt(String model, String user) {
        return prompt(model, List.of(Turn.of(Role.USER, user)));
    }

    static Prompt prompt(String model, List<Turn> turns) {
        return new Prompt(model, turns, Tooling.NONE, OutputForm.TEXT, Sampling.DEFAULT, Thinking.DEFAULT);
    }

    static Prompt with(Prompt prompt, Tooling tooling) {
        return new Prompt(prompt.model(), prompt.turns(), tooling, prompt.form(), prompt.sampling(), prompt.thinking());
    }

    static Prompt with(Prompt prompt, OutputForm form) {
        return new Prompt(prompt.model(), prompt.turns(), prompt.tooling(), form, prompt.sampling(), prompt.thinking());
    }

    static Prompt with(Prompt prompt, Sampling sampling) {
        return new Prompt(prompt.model(), prompt.turns(), prompt.tooling(), prompt.form(), sampling, prompt.thinking());
    }

    static Prompt with(Prompt prompt, Thinking thinking) {
        return new Prompt(prompt.model(), prompt.turns(), prompt.tooling(), prompt.form(), prompt.sampling(), thinking);
    }
}
