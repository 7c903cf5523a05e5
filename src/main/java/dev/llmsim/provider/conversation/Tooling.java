package dev.llmsim.provider.conversation;

import java.util.List;
import java.util.Objects;

/**
 * The tools of a request.
 *
 * @param parallel whether the model may call several at once
 */
public record Tooling(List<Tool> tools, ToolChoice choice, boolean parallel) {
    public static final Tooling NONE = new Tooling(List.of(), ToolChoice.AUTO, true);

    public Tooling {
        tools = List.copyOf(tools);
        Objects.requireNonNull(choice);
    }
}
