package dev.llmsim.provider.conversation;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** One message of a conversation. */
public record Turn(Role role, List<Part> parts) {
    public Turn {
        Objects.requireNonNull(role);
        parts = List.copyOf(parts);
    }

    public static Turn of(Role role, String text) {
        return new Turn(role, List.of(new Part.Text(text)));
    }

    /** Its text parts, joined by a space. */
    public String text() {
        return parts.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining(" "));
    }
}
