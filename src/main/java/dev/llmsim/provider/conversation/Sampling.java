package dev.llmsim.provider.conversation;

import java.util.List;
import java.util.OptionalLong;

/**
 * How an answer is drawn and where it ends.
 *
 * @param maxTokens the most tokens of an answer, reasoning included; -1 where the client set no limit
 * @param stops texts before which the answer ends
 * @param choices how many answers are wanted
 * @param seed where given, the same request gets the same bytes
 * @param topLogprobs how many alternatives are listed for each token; -1 where no log probabilities are wanted
 */
public record Sampling(int maxTokens, List<String> stops, int choices, OptionalLong seed, int topLogprobs) {
    public static final Sampling DEFAULT = new Sampling(-1, List.of(), 1, OptionalLong.empty(), -1);

    public Sampling {
        stops = List.copyOf(stops);
        if (choices < 1) {
            throw new IllegalArgumentException("choices: " + choices + " (expected: 1 or more)");
        }
    }
}
