package dev.llmsim.synth.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Finds what {@code $ref} names inside one document: JSON Pointers and anchors. */
final class References {
    private final JsonNode root;
    private final Map<String, JsonNode> found = new HashMap<>();

    References(JsonNode root) {
        this.root = root;
    }

    /** The schema at {@code reference}; a missing node where there is none in this document. */
    JsonNode at(String reference) {
        return found.computeIfAbsent(reference, this::look);
    }

    private JsonNode look(String reference) {
        if (reference.equals("#") || reference.isEmpty()) {
            return root;
        }
        if (!reference.startsWith("#")) {
            return root.path("$defs").path(reference);
        }
        try {
            String fragment = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            return fragment.startsWith("/") ? root.at(JsonPointer.compile(fragment)) : anchor(fragment);
        } catch (IllegalArgumentException noPointer) {
            return MissingNode.getInstance();
        }
    }

    private JsonNode anchor(String name) {
        for (JsonNode parent : root.findParents("$anchor")) {
            if (parent.path("$anchor").asText().equals(name)) {
                return parent;
            }
        }
        return MissingNode.getInstance();
    }
}
