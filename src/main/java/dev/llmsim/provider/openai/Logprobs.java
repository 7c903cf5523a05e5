package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Invents log probabilities: negative, the same for the same token at the same place. The token that was said has the
 * larger half of the probability, and alternatives share what is left, each half of the one before.
 */
public final class Logprobs {
    private static final List<String> ALTERNATIVES = List.of(
            " the", " a", "The", " and", " of", " to", ",", ".", " in", " is", " it", " that", " for", " with", " as",
            " on", "I", " you", " are", " be", "\n", " or", " an", "A");

    private Logprobs() {}

    /** A token that might have been said. */
    record Alternative(String token, double logprob) {}

    /** What a choice says of a token, with {@code top} alternatives, itself the first of them. */
    public static ObjectNode entry(String token, int position, int top) {
        ObjectNode json = token(token, logprob(token, position));
        ArrayNode alternatives = json.putArray("top_logprobs");
        for (Alternative one : alternatives(token, position, top)) {
            alternatives.add(token(one.token(), one.logprob()));
        }
        return json;
    }

    /** {@code {"content":[...],"refusal":null}}, or the other way round. */
    static ObjectNode both(ArrayNode content, ArrayNode refusal) {
        ObjectNode json = Json.object();
        boolean refused = content.isEmpty() && !refusal.isEmpty();
        json.set("content", refused ? json.nullNode() : content);
        json.set("refusal", refusal.isEmpty() ? json.nullNode() : refusal);
        return json;
    }

    private static ObjectNode token(String token, double logprob) {
        ObjectNode json = Json.object().put("token", token).put("logprob", logprob);
        ArrayNode bytes = json.putArray("bytes");
        for (byte one : token.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(Byte.toUnsignedInt(one));
        }
        return json;
    }

    static double logprob(String token, int position) {
        double drawn = (mixed(token, position) >>> 11) * 0x1.0p-53;
        return rounded(-1e-6 - 0.69 * drawn * drawn * drawn);
    }

    /** {@code count} of them, the most probable first; none below 1. */
    static List<Alternative> alternatives(String token, int position, int count) {
        List<Alternative> alternatives = new ArrayList<>();
        double said = logprob(token, position);
        double left = 1 - Math.exp(said);
        int at = Math.floorMod(mixed(token, position), ALTERNATIVES.size());
        while (alternatives.size() < count) {
            String other = ALTERNATIVES.get(at++ % ALTERNATIVES.size());
            if (alternatives.isEmpty()) {
                alternatives.add(new Alternative(token, said));
            } else if (!other.equals(token)) {
                left /= 2;
                alternatives.add(new Alternative(other, rounded(Math.log(left))));
            }
        }
        return alternatives;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e8) / 1e8;
    }

    /** The finalizer of SplitMix64, so that neighbours differ. */
    private static long mixed(String token, int position) {
        long bits = token.hashCode() * 0x9E3779B97F4A7C15L + position;
        bits = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
        return bits ^ bits >>> 31;
    }
}
