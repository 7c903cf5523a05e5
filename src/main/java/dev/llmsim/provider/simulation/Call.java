package dev.llmsim.provider.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Request;
import java.io.IOException;
import java.util.List;

/**
 * One request to an endpoint.
 *
 * @param variables what stands in the path for each {@code *} of the endpoint's template, percent-decoded
 */
public record Call(Request request, List<String> variables, Engine engine) {
    public Call {
        variables = List.copyOf(variables);
    }

    /**
     * The body, a JSON object.
     *
     * @throws ApiErrorException with 400, where it is none
     */
    public ObjectNode json() {
        JsonNode node;
        try {
            node = Json.read(request.body());
        } catch (IOException notJson) {
            throw new ApiErrorException(
                    400, "We could not parse the JSON body of your request: " + reason(notJson) + ".");
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new ApiErrorException(400, "The body of the request is not a JSON object (expected: {...}).");
    }

    private static String reason(IOException notJson) {
        return notJson instanceof com.fasterxml.jackson.core.JsonProcessingException parsing
                ? parsing.getOriginalMessage()
                : String.valueOf(notJson.getMessage());
    }
}
