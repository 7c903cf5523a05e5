package dev.llmsim.cli;

import dev.llmsim.provider.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which upstreams there are. */
final class UpstreamNames {
    /** A comma parts two upstreams where a name follows, unless that is the second half of one. */
    private static final Pattern BETWEEN = Pattern.compile(",?\\s+|,(?!dialect=)(?=[a-z0-9][a-z0-9._-]*=)");

    @Option(
            names = "--upstream",
            paramLabel = "NAME=URL[,dialect=D]",
            description = {
                "Adds an upstream or overrides a well-known one; may be given again. URL stands for http://HOST:PORT/NAME.",
                "Several in one, or in LLMSIM_UPSTREAM, are parted by spaces or commas.",
                "Well-known: openai, anthropic, gemini, groq, mistral, deepseek, openrouter, cohere, xai, zai, huggingface,"
                        + " together, fireworks, cerebras, ollama; azure, bedrock and openresponses need their URL."
            })
    List<String> upstreams = new ArrayList<>();

    /** The well-known upstreams with those that were given. */
    Upstreams table() {
        Upstreams table = Upstreams.wellKnown();
        for (String options : upstreams) {
            for (String option : BETWEEN.split(options.strip())) {
                table = table.with(option);
            }
        }
        return table;
    }
}
