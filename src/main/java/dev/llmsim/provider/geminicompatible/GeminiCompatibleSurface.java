package dev.llmsim.provider.geminicompatible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.ErrorEnvelope;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Surface;
import dev.llmsim.provider.simulation.Work;
import java.util.ArrayList;
import java.util.List;

/** Gemini's API for clients of OpenAI, under {@code /v1beta/openai/}. */
public final class GeminiCompatibleSurface implements Surface {
    private static final int LARGE_DIMENSIONS = 3072;
    private static final int SMALL_DIMENSIONS = 768;

    private final List<Endpoint> endpoints;

    public GeminiCompatibleSurface() {
        List<Endpoint> all = new ArrayList<>();
        all.add(Endpoint.of("models", "GET", "models", ModelsEndpoint::list));
        all.add(Endpoint.of("models", "GET", "models/*", ModelsEndpoint::one));
        for (Endpoint openAi : OpenAiSurface.own()) {
            String path = String.join("/", openAi.template());
            if (openAi.name().equals("chat")) {
                all.add(openAi);
            } else if (openAi.name().equals("embeddings")) {
                all.add(Endpoint.of(
                        "embeddings", "POST", path, call -> openAi.handler().apply(sized(call))));
            }
        }
        endpoints = all.stream()
                .map(endpoint -> endpoint.withHeaders(GeminiCompatibleSurface::headers))
                .toList();
    }

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI;
    }

    @Override
    public boolean isFor(Request request) {
        return request.upstream().equals("gemini") || request.path().contains("/v1beta/openai/");
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Gemini's envelope, in an array. */
    @Override
    public Answer error(ApiError error) {
        ErrorEnvelope envelope = ErrorEnvelope.render(Dialect.GEMINI, error.status(), error.message());
        return Answer.body(
                        error.status(),
                        "application/json; charset=UTF-8",
                        Bytes.utf8("[" + envelope.body().utf8() + "]"),
                        Work.NONE)
                .with(error.headers());
    }

    /** A bad key is an invalid request, as in Gemini's own API. */
    @Override
    public ApiError usualError(int status) {
        return status == 401
                ? ApiError.of(400, "API key not valid. Please pass a valid API key.")
                : Surface.super.usualError(status);
    }

    @Override
    public ApiError unknown(Request request) {
        return ApiError.notSimulated("Not found: " + request.method() + " " + request.path() + ".");
    }

    /** The vectors of these models are longer than those of OpenAI's, where the client does not say. */
    private static Call sized(Call call) {
        ObjectNode body = call.json();
        String model = body.path("model").asText("");
        if (body.hasNonNull("dimensions") || !model.contains("embedding")) {
            return call;
        }
        body.put("dimensions", model.contains("embedding-004") ? SMALL_DIMENSIONS : LARGE_DIMENSIONS);
        return new Call(call.request().withBody(Json.write(body)), call.variables(), call.engine());
    }

    private static Headers headers(Ids ids) {
        int millis = 100 + Integer.parseInt(ids.hex("", 3), 16) / 8;
        return Headers.of(List.of(
                new Header("server-timing", "gfet4t7; dur=" + millis),
                new Header("vary", "Origin"),
                new Header("vary", "X-Origin"),
                new Header("vary", "Referer")));
    }
}
