package dev.llmsim.provider.conversation;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A function that the model may call.
 *
 * @param parameters the JSON Schema of its arguments (an object; empty where the client gave none)
 * @param strict whether the client asked for arguments that are valid against it
 */
public record Tool(String name, String description, JsonNode parameters, boolean strict) {}
