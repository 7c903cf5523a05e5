package dev.llmsim.provider.openai;

import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Reply;

/** Counts the tokens that a client sees; this API never shows thoughts. */
final class ShownTokens {
    private ShownTokens() {}

    static int of(Reply reply) {
        return reply.choices().stream()
                .flatMap(choice -> choice.contents().stream())
                .filter(content -> !(content instanceof Content.Thought))
                .mapToInt(content -> content.tokens().size())
                .sum();
    }
}
