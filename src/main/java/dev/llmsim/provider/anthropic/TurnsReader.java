package dev.llmsim.provider.anthropic;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages of one request. */
final class TurnsReader {
    private final ApiVersion version;
    private final ToolIds ids = new ToolIds();

    TurnsReader(ApiVersion version) {
        this.version = version;
    }

    List<Turn> read(List<Fields> messages) {
        if (messages.isEmpty()) {
            throw FieldErrors.at("messages", "at least one message is required");
        }
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            turns.add(turn(messages.get(i), i, i == messages.size() - 1));
        }
        ids.requireResults();
        return turns;
    }

    private Turn turn(Fields message, int index, boolean isLast) {
        String role = role(message, index);
        if (!message.has("content")) {
            throw FieldErrors.missing(message.path("content"));
        }
        if (role.equals("assistant")) {
            ids.requireResults();
            ids.begin(index);
        }
        List<Part> parts = new BlocksReader(version, ids, role).read(message);
        boolean mayBeEmpty = isLast && role.equals("assistant");
        if (parts.isEmpty() && message.at("content").isEmpty() && isBlank(message) && !mayBeEmpty) {
            throw FieldErrors.at(
                    "messages." + index,
                    "all messages must have non-empty content except for the optional final assistant message");
        }
        requireNoSpaceAtEnd(role, parts, isLast);
        return new Turn(role(role, parts), parts);
    }

    private static boolean isBlank(Fields message) {
        return message.at("content").asText().isEmpty();
    }

    private static String role(Fields message, int index) {
        String role = message.requiredText("role");
        if (role.equals("system") && index == 0) {
            throw FieldErrors.at(
                    "messages",
                    "Unexpected role \"system\". The Messages API accepts a top-level `system` parameter, not \"system\""
                            + " as an input message role.");
        }
        if (!List.of("user", "assistant", "system").contains(role)) {
            throw FieldErrors.at(
                    "messages",
                    "Unexpected role \"" + role + "\". Allowed roles are \"user\" or \"assistant\"."
                            + (role.equals("tool") || role.equals("function")
                                    ? " For instructions on how to use tools, see"
                                            + " https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview."
                                    : ""));
        }
        if (index == 0 && !role.equals("user")) {
            throw FieldErrors.at("messages", "first message must use the \"user\" role");
        }
        return role;
    }

    private static void requireNoSpaceAtEnd(String role, List<Part> parts, boolean isLast) {
        if (isLast
                && role.equals("assistant")
                && !parts.isEmpty()
                && parts.get(parts.size() - 1) instanceof Part.Text text
                && !text.text().equals(text.text().stripTrailing())) {
            throw FieldErrors.at("messages", "final assistant content cannot end with trailing whitespace");
        }
    }

    /** Results alone are a turn of the tools. */
    private static Role role(String role, List<Part> parts) {
        return switch (role) {
            case "assistant" -> Role.ASSISTANT;
            case "system" -> Role.SYSTEM;
            default ->
                !parts.isEmpty() && parts.stream().allMatch(Part.ToolResult.class::isInstance) ? Role.TOOL : Role.USER;
        };
    }
}
