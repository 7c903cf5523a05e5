package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Whether the client asked for the prompt to be cached ({@code cachePoint}), and for how long. */
enum Caching {
    NONE(""),
    FIVE_MINUTES("5m"),
    ONE_HOUR("1h");

    private final String ttl;

    Caching(String ttl) {
        this.ttl = ttl;
    }

    String ttl() {
        return ttl;
    }

    /** The longest that was set anywhere in a request: among its tools, in the system prompt, in a message. */
    static Caching of(ObjectNode body) {
        Caching caching = longest(body.path("toolConfig").path("tools"));
        caching = longer(caching, longest(body.path("system")));
        for (JsonNode message : body.path("messages")) {
            caching = longer(caching, longest(message.path("content")));
        }
        return caching;
    }

    private static Caching longest(JsonNode blocks) {
        Caching caching = NONE;
        for (JsonNode block : blocks) {
            if (block.path("cachePoint").isObject()) {
                boolean isLong = block.path("cachePoint").path("ttl").asText().equals(ONE_HOUR.ttl);
                caching = longer(caching, isLong ? ONE_HOUR : FIVE_MINUTES);
            }
        }
        return caching;
    }

    private static Caching longer(Caching one, Caching other) {
        return List.of(one, other).stream().max(Caching::compareTo).orElse(NONE);
    }
}
