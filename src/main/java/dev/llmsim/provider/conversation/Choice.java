package dev.llmsim.provider.conversation;

import java.util.List;
import java.util.Objects;

/** One answer of possibly several to the same prompt. */
public record Choice(List<Content> contents, Finish finish) {
    public Choice {
        contents = List.copyOf(contents);
        Objects.requireNonNull(finish);
    }

    /** Its texts, joined. */
    public String text() {
        StringBuilder text = new StringBuilder();
        contents.stream().filter(Content.Text.class::isInstance).forEach(content -> text.append(content.text()));
        return text.toString();
    }

    public List<Content.ToolCall> toolCalls() {
        return contents.stream()
                .filter(Content.ToolCall.class::isInstance)
                .map(Content.ToolCall.class::cast)
                .toList();
    }
}
