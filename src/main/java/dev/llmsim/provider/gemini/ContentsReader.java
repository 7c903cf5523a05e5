package dev.llmsim.provider.gemini;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import java.util.ArrayList;
import java.util.List;

/** Reads the system instruction and the contents of a conversation as turns. */
final class ContentsReader {
    private static final List<String> ROLES = List.of("user", "model", "function");

    private ContentsReader() {}

    static List<Turn> read(Fields request) {
        List<Turn> turns = new ArrayList<>();
        request.object("systemInstruction", "Content")
                .map(ContentsReader::parts)
                .filter(parts -> !parts.isEmpty())
                .ifPresent(parts -> turns.add(new Turn(Role.SYSTEM, parts)));
        List<Fields> contents = request.objects("contents", "Content");
        if (contents.isEmpty()) {
            throw Invalid.field("contents", "contents is not specified");
        }
        contents.forEach(content -> turns.addAll(turns(content)));
        checkResults(turns);
        return turns;
    }

    static List<Part> parts(Fields content) {
        return content.objects("parts", "Part").stream().map(PartReader::read).toList();
    }

    /** One turn; two where a content brings results of tools and something else. */
    private static List<Turn> turns(Fields content) {
        String role = content.text("role").filter(given -> !given.isEmpty()).orElse("user");
        if (!ROLES.contains(role)) {
            throw Invalid.request("Please use a valid role: user, model.");
        }
        List<Part> parts = parts(content);
        if (parts.isEmpty() && !role.equals("model")) {
            throw Invalid.field(content.path("parts"), "contents.parts must not be empty.");
        }
        if (role.equals("model")) {
            return List.of(new Turn(Role.ASSISTANT, parts));
        }
        List<Part> results =
                parts.stream().filter(Part.ToolResult.class::isInstance).toList();
        List<Part> others = parts.stream()
                .filter(part -> !(part instanceof Part.ToolResult))
                .toList();
        List<Turn> turns = new ArrayList<>();
        if (!results.isEmpty()) {
            turns.add(new Turn(Role.TOOL, results));
        }
        if (!others.isEmpty()) {
            turns.add(new Turn(Role.USER, others));
        }
        return turns;
    }

    /** Results of tools follow the calls of them, one for each. */
    private static void checkResults(List<Turn> turns) {
        int i = 0;
        while (i < turns.size()) {
            int from = i;
            long results = 0;
            while (i < turns.size() && turns.get(i).role() == Role.TOOL) {
                results += turns.get(i++).parts().size();
            }
            if (results > 0) {
                checkResults(results, from == 0 ? 0 : calls(turns.get(from - 1)));
            }
            i += results > 0 ? 0 : 1;
        }
    }

    private static void checkResults(long results, long calls) {
        if (calls == 0) {
            throw Invalid.request(
                    "Please ensure that function response turn comes immediately after a function call turn.");
        }
        if (results != calls) {
            throw Invalid.request("Please ensure that the number of function response parts is equal to the number of"
                    + " function call parts of the function call turn.");
        }
    }

    private static long calls(Turn turn) {
        return turn.parts().stream().filter(Part.ToolCall.class::isInstance).count();
    }
}
