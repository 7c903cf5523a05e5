package dev.llmsim.synth.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the condition of a turn. */
final class WhenReader {
    private final Findings findings;

    WhenReader(Findings findings) {
        this.findings = findings;
    }

    When read(Located value, String place) {
        Fields fields = Fields.of(value, place, findings);
        if (!fields.isObject()) {
            return When.ALWAYS;
        }
        When when = new When(
                match(fields, "user", TextMatch::contains).orElse(null),
                match(fields, "tool_result", TextMatch::contains).orElse(null),
                match(fields, "model", TextMatch::equalTo).orElse(null));
        if (when.isAlways() && !findings.hasFatal()) {
            findings.fatal(fields.line(), place + ": empty (expected: user, tool_result or model)");
        }
        fields.end();
        return when;
    }

    /** A string, meant as {@code bare} says, or an object that says how it is meant. */
    private Optional<TextMatch> match(Fields fields, String name, Function<String, TextMatch> bare) {
        return fields.optional(name).flatMap(value -> {
            if (value.json().isTextual()) {
                return made(value, fields.path(name), value.json().textValue(), bare);
            }
            if (value.json().isObject()) {
                return formed(value, fields.path(name));
            }
            findings.fatal(
                    value.line(),
                    fields.path(name) + ": " + value.kind()
                            + " (expected: a string, or an object with contains, equals or regex)");
            return Optional.empty();
        });
    }

    private Optional<TextMatch> formed(Located value, String place) {
        Fields fields = Fields.of(value, place, findings);
        List<Optional<TextMatch>> forms = new ArrayList<>();
        fields.optionalText("contains").ifPresent(text -> forms.add(made(value, place, text, TextMatch::contains)));
        fields.optionalText("equals").ifPresent(text -> forms.add(made(value, place, text, TextMatch::equalTo)));
        fields.optionalText("regex").ifPresent(text -> forms.add(made(value, place, text, TextMatch::regex)));
        fields.end();
        if (forms.size() != 1) {
            findings.fatal(
                    value.line(),
                    place + ": " + (forms.isEmpty() ? "none" : forms.size())
                            + " of contains, equals and regex (expected: one of them, a string)");
            return Optional.empty();
        }
        return forms.get(0);
    }

    private Optional<TextMatch> made(Located value, String place, String text, Function<String, TextMatch> form) {
        if (text.isEmpty()) {
            findings.fatal(value.line(), place + ": empty (expected: a text)");
            return Optional.empty();
        }
        try {
            return Optional.of(form.apply(text));
        } catch (IllegalArgumentException e) {
            findings.fatal(value.line(), place + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
