package dev.llmsim.provider.openai;

import dev.llmsim.provider.conversation.Prompt;
import java.util.Set;

/**
 * A request for chat completions.
 *
 * @param tier the service tier that the answer names
 */
record ChatRequest(Prompt prompt, CallForms callForms, Streaming streaming, String tier) {
    /**
     * How the answer comes.
     *
     * @param wanted whether as a stream
     * @param usage whether a last chunk tells the tokens
     * @param obfuscation whether chunks are padded, which OpenAI alone does unasked
     */
    record Streaming(boolean wanted, boolean usage, boolean obfuscation) {}

    /**
     * How calls of tools are written.
     *
     * @param legacy as {@code function_call}, because the client sent {@code functions}
     * @param custom the names of tools that take a text instead of JSON
     */
    record CallForms(boolean legacy, Set<String> custom) {
        CallForms {
            custom = Set.copyOf(custom);
        }
    }
}
