package dev.llmsim.synth.limits;

import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.simulation.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who asks for what.
 *
 * @param key stands for an API key, which is not kept itself, an upstream and a model
 */
record Caller(Key key, String model) {
    static final Caller NOBODY = new Caller(new Key(0, 0), "");

    private static final List<String> KEY_HEADERS = List.of("x-api-key", "x-goog-api-key", "api-key");

    /** AWS signs each request anew; the id of the access key stays. */
    private static final String AWS_CREDENTIAL = "Credential=";

    /** @param variables of the path: the first of them names the model, where there is one; else the body does */
    static Caller of(Request request, List<String> variables) {
        String model =
                variables.isEmpty() ? Json.topLevelText(request.body(), "model").orElse("") : variables.get(0);
        byte[] apiKey = apiKey(request).getBytes(StandardCharsets.UTF_8);
        Key key = Key.hash(apiKey, new byte[] {0}, model.getBytes(StandardCharsets.UTF_8));
        return new Caller(key.at(request.upstream()), model);
    }

    private static String apiKey(Request request) {
        for (String header : KEY_HEADERS) {
            Optional<String> value = request.headers().first(header);
            if (value.isPresent()) {
                return value.get().strip();
            }
        }
        return request.headers()
                .first("authorization")
                .map(Caller::credential)
                .or(() -> queryKey(request.query()))
                .orElse("");
    }

    private static String credential(String authorization) {
        int aws = authorization.indexOf(AWS_CREDENTIAL);
        if (aws >= 0) {
            return authorization.substring(aws + AWS_CREDENTIAL.length()).split("/", 2)[0];
        }
        boolean isBearer = authorization.toLowerCase(Locale.ROOT).startsWith("bearer ");
        return isBearer ? authorization.substring("bearer ".length()).strip() : authorization;
    }

    private static Optional<String> queryKey(String query) {
        for (String parameter : query.split("&")) {
            if (parameter.startsWith("key=")) {
                return Optional.of(parameter.substring("key=".length()));
            }
        }
        return Optional.empty();
    }
}
