package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.openai.JsonEndpoint;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Endpoint;
import java.util.List;
import java.util.function.Function;

/** The endpoints of the Responses API, for a surface of OpenAI's. */
public final class ResponsesEndpoints {
    private ResponsesEndpoints() {}

    public static List<Endpoint> all() {
        return List.of(
                post("responses", "responses", CreateEndpoint::answer).echoingAll(),
                post("responses-input-tokens", "responses/input_tokens", CountingEndpoints::inputTokens)
                        .unmetered(),
                post("responses-compact", "responses/compact", CountingEndpoints::compact),
                Endpoint.of("responses-cancel", "POST", "responses/*/cancel", own(StoredEndpoints::cancel))
                        .unmetered(),
                Endpoint.of("responses-get", "GET", "responses/*", own(StoredEndpoints::get)),
                Endpoint.of("responses-delete", "DELETE", "responses/*", own(StoredEndpoints::delete)),
                Endpoint.of("responses-input-items", "GET", "responses/*/input_items", own(InputItemsEndpoint::list)));
    }

    private static Endpoint post(String name, String path, Function<Call, Answer> handler) {
        return JsonEndpoint.post(name, path, own(handler));
    }

    /** With errors in the types of the API that was asked. */
    private static Function<Call, Answer> own(Function<Call, Answer> handler) {
        return call -> {
            try {
                return handler.apply(call);
            } catch (ApiErrorException refused) {
                throw new ApiErrorException(Variant.of(call).error(refused.error()));
            }
        };
    }
}
