package dev.llmsim.match;

import dev.llmsim.match.Node.Fields;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A request held against a recorded one: how much is the same, and what is not. */
final class Comparison {
    private static final List<String> FIRST = List.of("model", "system", "instructions", "systemInstruction");
    private static final Set<String> SYSTEM = Set.of("system", "instructions", "systemInstruction");
    private static final Set<String> TOOLS = Set.of("tools", "functions", "toolConfig");

    private final CanonicalRequest recorded;
    private final CanonicalRequest asked;
    private final Turns recordedTurns;
    private final Turns askedTurns;
    private final int sharedTurns;

    Comparison(CanonicalRequest recorded, CanonicalRequest asked) {
        this.recorded = recorded;
        this.asked = asked;
        this.recordedTurns = Turns.of(recorded.body());
        this.askedTurns = Turns.of(asked.body());
        this.sharedTurns = recordedTurns.sharedWith(askedTurns);
    }

    int sharedTurns() {
        return sharedTurns;
    }

    int recordedTurns() {
        return recordedTurns.list().size();
    }

    boolean isSameRoute() {
        return recorded.method().equals(asked.method()) && recorded.path().equals(asked.path());
    }

    /** How many top-level members of the body are the same. */
    int sameMembers() {
        int same = 0;
        Map<String, Node> other = members(asked.body());
        for (Map.Entry<String, Node> member : members(recorded.body()).entrySet()) {
            same += member.getValue().equals(other.get(member.getKey())) ? 1 : 0;
        }
        return same;
    }

    /** How many characters of the first turn that differs are the same from its beginning. */
    int sameCharacters() {
        Node one = TreeDifference.at(recordedTurns.list(), sharedTurns);
        Node other = TreeDifference.at(askedTurns.list(), sharedTurns);
        return one == null || other == null ? 0 : Difference.commonPrefix(one.render(), other.render());
    }

    /** All differences, at most one for each member of the body, the most telling first. */
    List<Difference> differences() {
        List<Difference> found = new ArrayList<>();
        RouteComparison.differences(recorded, asked, found);
        if (recorded.body() instanceof Fields one && asked.body() instanceof Fields other) {
            inMembers(one.members(), other.members(), found);
        } else if (!recorded.body().equals(asked.body())) {
            found.add(TreeDifference.first("", recorded.body(), asked.body())
                    .map(d -> Difference.of(Cause.OTHER, d.pointer(), d.recordedOrNull(), d.askedOrNull()))
                    .orElseThrow());
        }
        inHeaders(found);
        if (found.isEmpty() && !recorded.upstream().equals(asked.upstream())) {
            found.add(
                    Difference.of(Cause.ROUTE, "upstream", new Text(recorded.upstream()), new Text(asked.upstream())));
        }
        return found;
    }

    private void inMembers(
            SortedMap<String, Node> recordedMembers, SortedMap<String, Node> askedMembers, List<Difference> found) {
        Set<String> names = new LinkedHashSet<>(FIRST);
        names.addAll(TOOLS);
        names.add(recordedTurns.member());
        names.addAll(recordedMembers.keySet());
        names.addAll(askedMembers.keySet());
        names.remove("stream");
        names.add("stream");
        for (String name : names) {
            boolean conversation = !name.isEmpty() && name.equals(recordedTurns.member());
            if (conversation && name.equals(askedTurns.member())) {
                inTurns(found);
            } else {
                TreeDifference.first(
                                "/" + TreeDifference.escaped(name), recordedMembers.get(name), askedMembers.get(name))
                        .map(d -> Difference.of(causeOf(name), d.pointer(), d.recordedOrNull(), d.askedOrNull()))
                        .ifPresent(found::add);
            }
        }
    }

    private static Cause causeOf(String member) {
        if (member.equals("model")) {
            return Cause.MODEL;
        }
        if (SYSTEM.contains(member)) {
            return Cause.SYSTEM_PROMPT;
        }
        if (TOOLS.contains(member)) {
            return Cause.TOOLS;
        }
        return member.equals("stream") ? Cause.STREAM_FLAG : Cause.PARAMETER;
    }

    private void inTurns(List<Difference> found) {
        String place = "/" + askedTurns.member() + "/" + sharedTurns;
        Node one = TreeDifference.at(recordedTurns.list(), sharedTurns);
        Node other = TreeDifference.at(askedTurns.list(), sharedTurns);
        Cause cause = one == null && other == null ? null : causeInTurns(one == null, other == null);
        if (cause == Cause.EXTRA_TURN) {
            found.add(Difference.of(cause, place, null, other));
        } else if (cause == Cause.MISSING_TURN) {
            found.add(Difference.of(cause, place, one, null));
        } else if (cause != null) {
            TreeDifference.first(place, one, other)
                    .map(d -> Difference.of(cause, d.pointer(), d.recordedOrNull(), d.askedOrNull()))
                    .ifPresent(found::add);
        }
    }

    private Cause causeInTurns(boolean recordedEnded, boolean askedEnded) {
        if (recordedEnded || askedTurns.goesOnAs(sharedTurns + 1, recordedTurns, sharedTurns)) {
            return Cause.EXTRA_TURN;
        }
        if (askedEnded || recordedTurns.goesOnAs(sharedTurns + 1, askedTurns, sharedTurns)) {
            return Cause.MISSING_TURN;
        }
        boolean instruction = recordedTurns.isInstruction(sharedTurns) && askedTurns.isInstruction(sharedTurns);
        return instruction ? Cause.SYSTEM_PROMPT : Cause.MESSAGE_EDITED;
    }

    private void inHeaders(List<Difference> found) {
        if (recorded.hasHeaders() && asked.hasHeaders()) {
            RouteComparison.inPairs(
                    Cause.HEADERS, "header ", (Items) recorded.headers(), (Items) asked.headers(), found);
        }
    }

    private static SortedMap<String, Node> members(Node body) {
        return body instanceof Fields fields ? fields.members() : new TreeMap<>();
    }
}
