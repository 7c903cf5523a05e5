package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;

/** What every part of one chat completion says of it. */
record ChatHead(String id, long createdSeconds, String model, String tier) {
    /** DROP-IN: the value that clients of the simulator know. */
    static final String FINGERPRINT = "fp_llmsim";

    /** An object that begins with these members. */
    ObjectNode begin(String object) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", createdSeconds)
                .put("model", model);
    }
}
