package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Invents log probabilities: negative, the same for the same token, alternatives each less probable than the one before. */
final class Logprobs {
    private static final List<String> OTHERS = List.of(
            " the", " a", "The", " and", " of", " to", ",", ".", " in", " is", " it", " that", " for", " with", " as",
            " on", "I", " you", " are", " be", "\n", " or");
    private static final int VOCABULARY = 262_144;

    private Logprobs() {}

    /** Adds those of {@code tokens} to a candidate, with {@code top} of the most probable tokens at each place. */
    static void write(ObjectNode candidate, List<String> tokens, int top) {
        double sum = tokens.stream().mapToDouble(Logprobs::of).sum();
        candidate.put("avgLogprobs", sum / tokens.size());
        ObjectNode result = candidate.putObject("logprobsResult");
        if (top > 0) {
            ArrayNode places = result.putArray("topCandidates");
            for (String token : tokens) {
                addTop(places.addObject().putArray("candidates"), token, top);
            }
        }
        ArrayNode chosen = result.putArray("chosenCandidates");
        tokens.forEach(token -> add(chosen, token, of(token)));
    }

    private static void addTop(ArrayNode candidates, String token, int top) {
        double probability = of(token);
        add(candidates, token, probability);
        int at = Math.floorMod(token.hashCode(), OTHERS.size());
        while (candidates.size() < top) {
            String other = OTHERS.get(at++ % OTHERS.size());
            if (!other.equals(token)) {
                probability -= 1.5;
                add(candidates, other, probability);
            }
        }
    }

    private static void add(ArrayNode candidates, String token, double probability) {
        candidates
                .addObject()
                .put("token", token)
                .put("tokenId", Math.floorMod(token.hashCode(), VOCABULARY))
                .put("logProbability", probability);
    }

    /** Between nought and ln 1/2, so that nothing else is more probable. */
    private static double of(String token) {
        double drawn = Math.floorMod(token.hashCode() * 0x9E3779B1, 1_000_000) / 1e6;
        return -1e-6 - 0.69 * drawn * drawn * drawn;
    }
}
