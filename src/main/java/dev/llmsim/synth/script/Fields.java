package dev.llmsim.synth.script;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The members of one object in a script; those that nobody asks for are found to have no effect. */
final class Fields {
    /** JSON has no comments: this member is one, anywhere. */
    private static final String COMMENT = "comment";

    private final Located object;
    private final String place;
    private final Findings findings;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(Located object, String place, Findings findings) {
        this.object = object;
        this.place = place;
        this.findings = findings;
    }

    /** The members of {@code value}; of none, and a finding, where it is no object. */
    static Fields of(Located value, String place, Findings findings) {
        if (value.json().isObject()) {
            return new Fields(value, place, findings);
        }
        findings.fatal(value.line(), label(place) + value.kind() + " (expected: an object)");
        return new Fields(new Located(value.line(), value.json(), Map.of(), List.of()), place, findings);
    }

    private static String label(String place) {
        return place.isEmpty() ? "" : place + ": ";
    }

    boolean isObject() {
        return object.json().isObject();
    }

    int line() {
        return object.line();
    }

    /** Where the value of a member begins; the object itself where it has none of that name. */
    int line(String name) {
        Located member = object.members().get(name);
        return member == null ? object.line() : member.line();
    }

    String path(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    /** The member called {@code name}; empty where it is null, too. */
    Optional<Located> optional(String name) {
        known.add(name);
        return Optional.ofNullable(object.members().get(name))
                .filter(member -> !member.json().isNull());
    }

    Optional<Located> required(String name, String expected) {
        Optional<Located> member = optional(name);
        if (member.isEmpty() && isObject()) {
            findings.fatal(line(), path(name) + ": missing (expected: " + expected + ")");
        }
        return member;
    }

    Optional<String> optionalText(String name) {
        return optional(name).flatMap(member -> text(member, path(name)));
    }

    Optional<String> requiredText(String name) {
        return required(name, "a string").flatMap(member -> text(member, path(name)));
    }

    private Optional<String> text(Located member, String path) {
        if (member.json().isTextual()) {
            return Optional.of(member.json().textValue());
        }
        findings.fatal(member.line(), path + ": " + member.kind() + " (expected: a string)");
        return Optional.empty();
    }

    /** A whole number from {@code least} to {@code most}. */
    Optional<Integer> optionalNumber(String name, int least, int most) {
        return optional(name).flatMap(member -> {
            boolean isWhole = member.json().isIntegralNumber() && member.json().canConvertToInt();
            int number = isWhole ? member.json().intValue() : -1;
            if (isWhole && number >= least && number <= most) {
                return Optional.of(number);
            }
            findings.fatal(
                    member.line(),
                    path(name) + ": " + shown(member) + " (expected: a whole number from " + least + " to " + most
                            + ")");
            return Optional.empty();
        });
    }

    private static String shown(Located member) {
        String text = member.json().toString();
        return text.length() > 40 ? member.kind() : text;
    }

    /** Reports the members that were not asked for. */
    void end() {
        object.members().forEach((name, member) -> {
            if (!known.contains(name) && !name.equals(COMMENT)) {
                findings.withoutEffect(
                        member.line(),
                        path(name) + ": unknown, it has no effect (expected: one of " + String.join(", ", known) + ")");
            }
        });
    }
}
