package dev.llmsim.provider.conversation;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One message of a conversation.
 *
 * @param bare whether the client sent words without saying whose they are: then they are the user's
 */
public record Turn(Role role, List<Part> parts, boolean bare) {
    public Turn {
        Objects.requireNonNull(role);
        parts = List.copyOf(parts);
    }

    public Turn(Role role, List<Part> parts) {
        this(role, parts, false);
    }

    public static Turn of(Role role, String text) {
        return new Turn(role, List.of(new Part.Text(text)));
    }

    /** The same, sent without a role. */
    public Turn asBare() {
        return new Turn(role, parts, true);
    }

    /** Its text parts, joined by a space. */
    public String text() {
        return parts.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining(" "));
    }
}
