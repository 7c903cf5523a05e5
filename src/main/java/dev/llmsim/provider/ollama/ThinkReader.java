package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Thinking.Effort;
import dev.llmsim.provider.conversation.Thinking.Summary;
import dev.llmsim.provider.simulation.ApiErrorException;

/** Reads {@code think}: whether the model thinks, or how much. Models that can think do, unless they are told not to. */
final class ThinkReader {
    private static final String VALUES = "\"high\", \"medium\", \"low\", true, or false)";

    private ThinkReader() {}

    static Thinking read(Fields fields, String model) {
        Effort effort = effort(fields.at("think"), model);
        boolean isUnable =
                LocalModel.find(model).filter(local -> !local.can("thinking")).isPresent();
        if (effort != Effort.NONE && isUnable) {
            throw new ApiErrorException(400, "\"" + model + "\" does not support thinking");
        }
        return new Thinking(effort, effort == Effort.NONE ? Summary.NONE : Summary.FULL, -1);
    }

    private static Effort effort(JsonNode think, String model) {
        if (think.isMissingNode()) {
            return LocalModel.of(model).can("thinking") ? Effort.MEDIUM : Effort.NONE;
        }
        if (think.isBoolean()) {
            return think.booleanValue() ? Effort.MEDIUM : Effort.NONE;
        }
        if (!think.isTextual()) {
            throw new ApiErrorException(400, "think must be a boolean or string (" + VALUES);
        }
        return switch (think.textValue()) {
            case "low" -> Effort.LOW;
            case "medium" -> Effort.MEDIUM;
            case "high" -> Effort.HIGH;
            default ->
                throw new ApiErrorException(
                        400, "invalid think value: \"" + think.textValue() + "\" (must be " + VALUES);
        };
    }
}
