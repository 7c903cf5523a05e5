package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.provider.simulation.RateLimit;
import dev.llmsim.synth.limits.Quota;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of each model the simulator lets each API key use. */
final class LimitOptions {
    @Option(
            names = "--rpm",
            paramLabel = "N",
            description = "Requests per minute that each API key may send to each model (default: any number).")
    private @Nullable Long requests;

    @Option(names = "--tpm", paramLabel = "N", description = "Likewise tokens per minute, of prompts and answers.")
    private @Nullable Long tokens;

    @Option(names = "--itpm", paramLabel = "N", description = "Likewise tokens of prompts alone.")
    private @Nullable Long inputTokens;

    @Option(names = "--otpm", paramLabel = "N", description = "Likewise tokens of answers alone.")
    private @Nullable Long outputTokens;

    Quota quota() {
        Quota quota = with(Quota.NONE, RateLimit.REQUESTS, "--rpm", requests);
        quota = with(quota, RateLimit.TOKENS, "--tpm", tokens);
        quota = with(quota, RateLimit.INPUT_TOKENS, "--itpm", inputTokens);
        return with(quota, RateLimit.OUTPUT_TOKENS, "--otpm", outputTokens);
    }

    private static Quota with(Quota quota, RateLimit limit, String option, @Nullable Long mostOrNull) {
        if (mostOrNull == null) {
            return quota;
        }
        try {
            return quota.with(limit, mostOrNull);
        } catch (IllegalArgumentException e) {
            throw new LlmSimException(ErrorCode.USAGE, option + ": " + e.getMessage(), e);
        }
    }
}
