package dev.llmsim.provider.anthropic;

import dev.llmsim.provider.model.Model;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a list of models.
 *
 * @param hasMore whether there are others in the direction in which the client pages
 */
record Page(List<Model> models, boolean hasMore) {
    private static final int USUAL = 20;
    private static final int MOST = 1000;

    Page {
        models = List.copyOf(models);
    }

    /** The part of {@code all} that {@code limit}, {@code after_id} and {@code before_id} of a query choose. */
    static Page of(List<Model> all, String query) {
        Map<String, String> asked = parameters(query);
        int limit = limit(asked.get("limit") == null ? String.valueOf(USUAL) : asked.get("limit"));
        if (asked.containsKey("before_id")) {
            int end = index(all, "before_id", asked.getOrDefault("before_id", ""));
            int begin = Math.max(0, end - limit);
            return new Page(all.subList(begin, end), begin > 0);
        }
        int begin = asked.containsKey("after_id") ? index(all, "after_id", asked.getOrDefault("after_id", "")) + 1 : 0;
        int end = Math.min(all.size(), begin + limit);
        return new Page(all.subList(begin, end), end < all.size());
    }

    private static int index(List<Model> all, String name, String id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id) || all.get(i).aliases().contains(id)) {
                return i;
            }
        }
        throw FieldErrors.at(name, "no model '" + id + "' is listed");
    }

    private static int limit(String text) {
        int limit;
        try {
            limit = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw FieldErrors.at("limit", "Input should be a valid integer, unable to parse string as an integer");
        }
        if (limit < 1) {
            throw FieldErrors.at("limit", "Input should be greater than or equal to 1");
        }
        if (limit > MOST) {
            throw FieldErrors.at("limit", "Input should be less than or equal to " + MOST);
        }
        return limit;
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(parameter.substring(0, equals), decoded(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }
}
