package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What OpenAI's API demands of a schema under {@code strict}: closed objects whose members are all required. */
public final class StrictSchema {
    private StrictSchema() {}

    /** What is wrong with {@code schema}, as the API says it; empty where it is fit. */
    public static Optional<String> check(JsonNode schema) {
        if (!schema.path("type").asText().equals("object")) {
            String got = schema.has("type") ? schema.path("type").toString() : "\"None\"";
            return Optional.of("schema must be a JSON Schema of 'type: \"object\"', got 'type: " + got + "'.");
        }
        return check(schema, List.of());
    }

    private static Optional<String> check(JsonNode schema, List<String> path) {
        if (!schema.isObject()) {
            return Optional.empty();
        }
        if (isObject(schema)) {
            Optional<String> fault = members(schema, path);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return within(schema, path);
    }

    private static boolean isObject(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (one.asText().equals("object")) {
                    return true;
                }
            }
        }
        return type.asText().equals("object");
    }

    private static Optional<String> members(JsonNode schema, List<String> path) {
        JsonNode additional = schema.path("additionalProperties");
        if (!additional.isBoolean() || additional.booleanValue()) {
            return fault(path, "'additionalProperties' is required to be supplied and to be false.");
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Iterator<String> names = schema.path("properties").fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!required.remove(name)) {
                return fault(
                        path,
                        "'required' is required to be supplied and to be an array including every key in properties."
                                + " Missing '" + name + "'.");
            }
        }
        return required.isEmpty()
                ? Optional.empty()
                : fault(path, "Extra required key '" + required.iterator().next() + "' supplied.");
    }

    private static Optional<String> within(JsonNode schema, List<String> path) {
        for (String named : List.of("properties", "$defs", "definitions")) {
            for (Map.Entry<String, JsonNode> member : schema.path(named).properties()) {
                Optional<String> fault = check(member.getValue(), longer(path, named, member.getKey()));
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        int i = 0;
        for (JsonNode variant : schema.path("anyOf")) {
            Optional<String> fault = check(variant, longer(path, "anyOf", Integer.toString(i++)));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return check(schema.path("items"), longer(path, "items"));
    }

    private static List<String> longer(List<String> path, String... more) {
        List<String> longer = new ArrayList<>(path);
        longer.addAll(List.of(more));
        return longer;
    }

    private static Optional<String> fault(List<String> path, String what) {
        String context = path.stream()
                .map(step -> step.matches("\\d+") ? step : "'" + step + "'")
                .collect(Collectors.joining(", ", "(", path.size() == 1 ? ",)" : ")"));
        return Optional.of("In context=" + context + ", " + what);
    }
}
