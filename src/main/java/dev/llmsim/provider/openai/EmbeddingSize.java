package dev.llmsim.provider.openai;

import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.OptionalInt;

/**
 * How long a model's vectors are.
 *
 * @param usual where the client does not say
 * @param most the longest that it may ask for
 * @param fixed whether it may not ask at all
 */
record EmbeddingSize(int usual, int most, boolean fixed) {
    static EmbeddingSize of(String model) {
        if (model.contains("ada-002")) {
            return new EmbeddingSize(1536, 1536, true);
        }
        if (model.contains("3-large")) {
            return new EmbeddingSize(3072, 3072, false);
        }
        return new EmbeddingSize(1536, model.contains("3-small") ? 1536 : 4096, false);
    }

    int dimensions(Fields fields) {
        OptionalInt wanted = fields.integer("dimensions", 1, Integer.MAX_VALUE);
        if (wanted.isPresent() && fixed) {
            throw new ApiErrorException(400, "This model does not support specifying dimensions.");
        }
        if (wanted.orElse(usual) > most) {
            throw new ApiErrorException(
                    400,
                    "Invalid value for 'dimensions' = " + wanted.getAsInt() + ". Must be less than or equal to " + most
                            + ".");
        }
        return wanted.orElse(usual);
    }
}
