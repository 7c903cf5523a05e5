package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.llmsim.provider.conversation.Tooling;
import java.util.Set;

/**
 * The tools of a request.
 *
 * @param custom the names of those that take a text
 * @param written as the response repeats them
 * @param choice likewise
 */
record Tools(Tooling tooling, Set<String> custom, ArrayNode written, JsonNode choice) {
    Tools {
        custom = Set.copyOf(custom);
    }
}
