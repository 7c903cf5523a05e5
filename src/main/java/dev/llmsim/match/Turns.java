package dev.llmsim.match;

import dev.llmsim.match.Node.Fields;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Text;
import java.util.List;

/**
 * The turns of a conversation, whatever the dialect calls them.
 *
 * @param member the top-level member that holds them; empty where the body has none
 */
record Turns(String member, List<Node> list) {
    private static final List<String> MEMBERS = List.of("messages", "input", "contents");

    static Turns of(Node body) {
        for (String member : MEMBERS) {
            if (body instanceof Fields fields && fields.members().get(member) instanceof Items items) {
                return new Turns(member, items.list());
            }
        }
        return new Turns("", List.of());
    }

    /** How many turns from the beginning are the same in both. */
    int sharedWith(Turns other) {
        int end = Math.min(list.size(), other.list.size());
        int shared = 0;
        while (shared < end && list.get(shared).equals(other.list.get(shared))) {
            shared++;
        }
        return shared;
    }

    /** Whether the turns from {@code index} on are those of {@code other} from {@code otherIndex} on. */
    boolean goesOnAs(int index, Turns other, int otherIndex) {
        return list.subList(Math.min(index, list.size()), list.size())
                .equals(other.list.subList(Math.min(otherIndex, other.list.size()), other.list.size()));
    }

    boolean isInstruction(int index) {
        boolean exists = index < list.size() && list.get(index) instanceof Fields;
        return exists
                && ((Fields) list.get(index)).members().get("role") instanceof Text role
                && (role.value().equals("system") || role.value().equals("developer"));
    }
}
