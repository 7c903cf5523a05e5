package dev.llmsim.provider.conversation;

import java.util.List;

/** A part of an answer, in the tokens in which it is generated; those of a text, joined, are the text. */
public sealed interface Content {
    List<String> tokens();

    default String text() {
        return String.join("", tokens());
    }

    /**
     * Thoughts, before anything else.
     *
     * @param tokens what is shown of them (a summary, or the thoughts themselves); empty where nothing is
     * @param hiddenTokens how many tokens were thought, which the client pays for
     */
    record Thought(List<String> tokens, int hiddenTokens) implements Content {
        public Thought {
            tokens = List.copyOf(tokens);
        }
    }

    record Text(List<String> tokens) implements Content {
        public Text {
            tokens = List.copyOf(tokens);
        }
    }

    /** A call of a tool; the tokens are those of its arguments, a JSON object. */
    record ToolCall(String id, String name, List<String> tokens) implements Content {
        public ToolCall {
            tokens = List.copyOf(tokens);
        }
    }

    /** That the model will not. */
    record Refusal(List<String> tokens) implements Content {
        public Refusal {
            tokens = List.copyOf(tokens);
        }
    }
}
