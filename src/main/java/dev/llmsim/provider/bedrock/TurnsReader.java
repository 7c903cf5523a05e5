package dev.llmsim.provider.bedrock;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import java.util.ArrayList;
import java.util.List;

/** Reads the system prompt and the messages of one request. */
final class TurnsReader {
    private static final String USER = "user";
    private static final String ASSISTANT = "assistant";
    private static final List<String> ROLES = List.of(USER, ASSISTANT, "system");

    private final ToolIds ids = new ToolIds();

    List<Turn> read(Fields request) {
        List<Turn> turns = new ArrayList<>(system(request.objects("system")));
        List<Fields> messages = request.objects("messages");
        String before = "";
        for (int i = 0; i < messages.size(); i++) {
            String role = role(messages.get(i), before);
            turns.add(turn(messages.get(i), i, role));
            before = role.equals("system") ? before : role;
        }
        if (before.isEmpty()) {
            throw startsWithUser();
        }
        return turns;
    }

    private static List<Turn> system(List<Fields> blocks) {
        List<Part> parts = new ArrayList<>();
        for (Fields block : blocks) {
            block.text("text").ifPresent(text -> parts.add(new Part.Text(text)));
            block.object("guardContent")
                    .flatMap(guarded -> guarded.object("text"))
                    .ifPresent(text -> parts.add(new Part.Text(text.requiredText("text"))));
        }
        return parts.isEmpty() ? List.of() : List.of(new Turn(Role.SYSTEM, parts));
    }

    private static String role(Fields message, String before) {
        message.requiredText("role");
        String role = message.oneOf("role", ROLES).orElseThrow();
        if (before.isEmpty() && role.equals(ASSISTANT)) {
            throw startsWithUser();
        }
        if (role.equals(before)) {
            throw Invalid.of(
                    "A conversation must alternate between user and assistant roles. Make sure the conversation"
                            + " alternates between user and assistant roles and try again.");
        }
        return role;
    }

    private static RuntimeException startsWithUser() {
        return Invalid.of(
                "A conversation must start with a user message. Try again with a conversation that starts with a"
                        + " user message.");
    }

    private Turn turn(Fields message, int index, String role) {
        if (!message.has("content")) {
            throw Invalid.missing(message.path("content"));
        }
        List<Fields> blocks = message.objects("content");
        if (blocks.isEmpty()) {
            throw Invalid.of("The content field in the Message object at messages." + index
                    + " is empty. Add a ContentBlock object to the content field and try again.");
        }
        ids.begin(index, role.equals(ASSISTANT));
        List<Part> parts = new BlocksReader(ids, index).read(blocks);
        if (role.equals(USER)) {
            ids.check();
        }
        return new Turn(role(role, parts), parts);
    }

    /** Results alone are a turn of the tools. */
    private static Role role(String role, List<Part> parts) {
        return switch (role) {
            case ASSISTANT -> Role.ASSISTANT;
            case USER ->
                !parts.isEmpty() && parts.stream().allMatch(Part.ToolResult.class::isInstance) ? Role.TOOL : Role.USER;
            default -> Role.SYSTEM;
        };
    }
}
