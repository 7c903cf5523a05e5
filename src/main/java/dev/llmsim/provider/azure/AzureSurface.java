package dev.llmsim.provider.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.openai.OpenAiSurface;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Endpoint;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Surface;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Azure OpenAI's API: under {@code /openai/deployments/NAME/} or, without deployments, under {@code /openai/v1/}. What it has
 * not of its own is answered as OpenAI answers it.
 */
public final class AzureSurface implements Surface {
    private static final String DEPLOYMENTS = "deployments/*/";
    private static final List<String> FILTERED = List.of("chat", "completions");

    private final List<Endpoint> endpoints;

    /** The surface; its requests and its answers are OpenAI's, changed, but for those of {@code further}, which are OpenAI's. */
    public AzureSurface(List<Endpoint> further) {
        List<Endpoint> all = new ArrayList<>(further);
        for (Endpoint openAi : OpenAiSurface.own()) {
            String path = String.join("/", openAi.template());
            if (openAi.method().equals("POST")) {
                all.add(Endpoint.of(openAi.name(), "POST", DEPLOYMENTS + path, call -> deployed(openAi, call)));
            }
            all.add(Endpoint.of(openAi.name(), openAi.method(), path, call -> answer(openAi, call)));
        }
        endpoints = all.stream()
                .map(endpoint -> endpoint.withHeaders(AzureSurface::headers))
                .toList();
    }

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI;
    }

    @Override
    public boolean isFor(Request request) {
        String upstream = request.upstream();
        return upstream.equals("azure")
                || upstream.endsWith(".openai.azure.com")
                || request.path().contains("/openai/deployments/");
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public Answer error(ApiError error) {
        return AzureErrors.answer(error);
    }

    /** What the service says before a model is asked (recorded in the tests of Azure's own SDKs). */
    @Override
    public String usualMessage(int status) {
        return status == 401
                ? "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for"
                        + " an active subscription and use a correct regional API endpoint for your resource."
                : Surface.super.usualMessage(status);
    }

    @Override
    public ApiError unknown(Request request) {
        return ApiError.notSimulated("Resource not found: " + request.method() + " " + request.path() + ".");
    }

    private static Answer deployed(Endpoint openAi, Call call) {
        Request request = withModel(call.request(), call.variables().get(0));
        return answer(openAi, new Call(request, List.of(), call.engine()));
    }

    /** The same models are behind it, so that the rules for requests are OpenAI's own. */
    private static Answer answer(Endpoint openAi, Call call) {
        Request asked = call.request();
        Request request = new Request("openai", asked.method(), asked.target(), asked.headers(), asked.body());
        Answer answer = openAi.handler().apply(new Call(request, call.variables(), call.engine()));
        return FILTERED.contains(openAi.name()) ? ContentFilter.apply(answer) : answer;
    }

    /** The deployment stands for the model, where the body names none. */
    private static Request withModel(Request request, String deployment) {
        try {
            JsonNode body = Json.read(request.body());
            return body instanceof ObjectNode object && !object.hasNonNull("model")
                    ? request.withBody(Json.write(object.put("model", deployment)))
                    : request;
        } catch (IOException notJson) {
            return request;
        }
    }

    private static Headers headers(Ids ids) {
        int millis = 100 + Integer.parseInt(ids.hex("", 3), 16) / 8;
        return Headers.of(
                "apim-request-id",
                ids.uuid(),
                "openai-processing-ms",
                millis + ".25",
                "x-ms-region",
                "East US",
                "x-request-id",
                ids.uuid());
    }
}
