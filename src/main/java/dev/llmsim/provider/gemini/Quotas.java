package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Excess;
import dev.llmsim.provider.simulation.RateLimit;

/** Gemini's quotas: no header tells of them; the error of who is beyond does (ai.google.dev "Rate limits"). */
final class Quotas {
    private static final String REQUESTS = "GenerateRequestsPerMinutePerProjectPerModel";
    private static final String TOKENS = "GenerateContentInputTokensPerModelPerMinute";
    private static final String SERVICE = "generativelanguage.googleapis.com/";
    private static final String RATE_LIMITS = "https://ai.google.dev/gemini-api/docs/rate-limits";

    private Quotas() {}

    static ApiError limited(Excess excess) {
        String id = excess.limit() == RateLimit.REQUESTS ? REQUESTS : TOKENS;
        String message = "You exceeded your current quota, please check your plan and billing details. For more"
                + " information on this error, head to: " + RATE_LIMITS + ".\n* Quota exceeded for metric: "
                + metric(id)
                + ", limit: " + excess.perMinute() + ", model: " + excess.model() + "\nPlease retry in "
                + excess.delaySeconds() + "s.";
        return ApiError.of(429, message)
                .withCode(id)
                .with(Headers.of("retry-after", Long.toString(excess.delaySeconds())));
    }

    /** Adds what a machine reads of an error, where it is one of these. */
    static void addDetails(ApiError error, String types, ArrayNode details) {
        String id = error.code();
        if (error.status() != 429 || id == null || !(id.equals(REQUESTS) || id.equals(TOKENS))) {
            return;
        }
        details.addObject()
                .put("@type", types + "QuotaFailure")
                .putArray("violations")
                .addObject()
                .put("quotaMetric", metric(id))
                .put("quotaId", id);
        details.addObject()
                .put("@type", types + "Help")
                .putArray("links")
                .addObject()
                .put("description", "Learn more about Gemini API quotas")
                .put("url", RATE_LIMITS);
    }

    private static String metric(String id) {
        return SERVICE + (id.equals(REQUESTS) ? "generate_content_requests" : "generate_content_input_token_count");
    }
}
