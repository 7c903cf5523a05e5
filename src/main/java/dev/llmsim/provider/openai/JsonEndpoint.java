package dev.llmsim.provider.openai;

import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Endpoint;
import java.util.Locale;
import java.util.function.Function;

/** Declares endpoints that take JSON: a body that says it is something else is refused. */
public final class JsonEndpoint {
    private JsonEndpoint() {}

    /** A POST to {@code path}; 415 where the request names another content type than JSON. */
    public static Endpoint post(String name, String path, Function<Call, Answer> handler) {
        return Endpoint.of(name, "POST", path, call -> {
            call.request().headers().first("content-type").ifPresent(JsonEndpoint::requireJson);
            return handler.apply(call);
        });
    }

    private static void requireJson(String contentType) {
        int parameters = contentType.indexOf(';');
        String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
        if (!mediaType.strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            throw new ApiErrorException(ApiError.of(
                            415,
                            "Unsupported content type: '" + mediaType.strip()
                                    + "'. This API method only accepts 'application/json' requests, but you specified the"
                                    + " header 'Content-Type: " + contentType
                                    + "'. Please try again with a supported content type.")
                    .withCode("unsupported_content_type"));
        }
    }
}
