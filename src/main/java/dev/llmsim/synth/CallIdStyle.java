package dev.llmsim.synth;

import dev.llmsim.provider.Dialect;
import dev.llmsim.provider.simulation.Ids;

/** How a provider's ids of tool calls look: a beginning and so many letters and digits. */
record CallIdStyle(String prefix, int length) {

    static CallIdStyle of(Dialect dialect) {
        return switch (dialect) {
            case ANTHROPIC -> new CallIdStyle("toolu_01", 22);
            case BEDROCK -> new CallIdStyle("tooluse_", 22);
            case COHERE -> new CallIdStyle("", 12);
            case OLLAMA -> new CallIdStyle("call_", 8);
            default -> new CallIdStyle("call_", 24);
        };
    }

    /**
     * The id of a call in a script.
     *
     * @param turn how many turns were taken before its own
     */
    String scripted(int turn, int call) {
        String word = prefix.isEmpty() ? "call_" : prefix.substring(0, prefix.indexOf('_') + 1);
        return word + "llmsim_" + turn + "_" + call;
    }

    String draw(Ids ids) {
        return ids.alphanumeric(prefix, length);
    }
}
