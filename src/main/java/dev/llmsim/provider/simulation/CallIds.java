package dev.llmsim.provider.simulation;

/**
 * How a provider's ids of tool calls look: a beginning and so many letters and digits.
 *
 * @param word how the id of a call in a script begins
 */
public record CallIds(String prefix, int length, String word) {
    /** Those of OpenAI and of all who took over its API. */
    public static final CallIds USUAL = of("call_", 24);

    /** Ids that begin with {@code prefix}: a word, an underscore, and perhaps more. */
    public static CallIds of(String prefix, int length) {
        return new CallIds(prefix, length, prefix.substring(0, prefix.indexOf('_') + 1));
    }

    /**
     * The id of a call in a script.
     *
     * @param turn how many turns were taken before its own
     */
    public String scripted(int turn, int call) {
        return word + "llmsim_" + turn + "_" + call;
    }

    /** An id that was never there. */
    public String draw(Ids ids) {
        return ids.alphanumeric(prefix, length);
    }
}
