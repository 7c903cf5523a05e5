package dev.llmsim.provider.gemini;

import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Excess;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Surface;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Gemini's API, in all of its versions and under Vertex AI's longer paths. */
public final class GeminiSurface implements Surface {
    static final String JSON = "application/json; charset=UTF-8";

    /** 100 MB (ai.google.dev "File input methods": inline data). */
    private static final long MOST_BODY_BYTES = 100L << 20;

    private final List<Endpoint> endpoints = Stream.of(
                    post("generate", "models/*:generateContent", GenerateEndpoint::whole),
                    post("generate", "models/*:streamGenerateContent", GenerateEndpoint::streamed),
                    post("count_tokens", "models/*:countTokens", CountTokensEndpoint::answer)
                            .unmetered(),
                    post("embeddings", "models/*:embedContent", EmbedEndpoint::one),
                    post("embeddings", "models/*:batchEmbedContents", EmbedEndpoint::batch),
                    Endpoint.of("models", "GET", "models", ModelsEndpoint::list),
                    Endpoint.of("models", "GET", "models/*", ModelsEndpoint::one))
            .map(endpoint -> endpoint.withHeaders(GeminiSurface::headers))
            .toList();

    @Override
    public Dialect dialect() {
        return Dialect.GEMINI;
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public Answer error(ApiError error) {
        return GeminiErrors.answer(error);
    }

    @Override
    public ApiError unknown(Request request) {
        return ApiError.notSimulated("Not found: " + request.method() + " " + request.path() + ".");
    }

    @Override
    public ApiError usualError(int status) {
        return status == 401 ? GeminiErrors.badKey() : Surface.super.usualError(status);
    }

    @Override
    public String usualMessage(int status) {
        return switch (status) {
            case 400 -> "Request contains an invalid argument.";
            case 429 -> "Resource has been exhausted (e.g. check quota).";
            case 503 -> "The model is overloaded. Please try again later.";
            case 504 -> "Deadline expired before operation could complete.";
            default ->
                "An internal error has occurred. Please retry or report in"
                        + " https://developers.generativeai.google/guide/troubleshooting";
        };
    }

    @Override
    public ApiError limited(Excess excess) {
        return Quotas.limited(excess);
    }

    @Override
    public long mostBodyBytes() {
        return MOST_BODY_BYTES;
    }

    @Override
    public ApiError tooLarge(long bodyBytes) {
        return ApiError.of(400, "Request payload size exceeds the limit: " + MOST_BODY_BYTES + " bytes.");
    }

    private static Endpoint post(String name, String path, Function<Call, Answer> handler) {
        return Endpoint.of(name, "POST", path, handler);
    }

    /** Those that the real service sends with every answer; the number of milliseconds is drawn. */
    private static Headers headers(Ids ids) {
        int millis = 100 + Integer.parseInt(ids.hex("", 3), 16) / 8;
        return Headers.of(List.of(
                new Header("server-timing", "gfet4t7; dur=" + millis),
                new Header("vary", "Origin"),
                new Header("vary", "X-Origin"),
                new Header("vary", "Referer")));
    }
}
