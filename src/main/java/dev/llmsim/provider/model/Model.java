package dev.llmsim.provider.model;

import java.util.List;
import java.util.Set;

/**
 * A model as a provider lists it.
 *
 * @param id in the style of the list it stands in
 * @param createdSeconds since 1970
 * @param date of its snapshot, {@code 2025-08-07}; empty where it has none
 * @param contextTokens the most tokens of prompt and answer together; 0 where not known
 * @param maxOutputTokens the most tokens of an answer; 0 where not known
 * @param aliases other ids of it
 */
public record Model(
        String id,
        String name,
        String owner,
        long createdSeconds,
        String date,
        int contextTokens,
        int maxOutputTokens,
        Set<Capability> capabilities,
        List<String> aliases) {
    public Model {
        capabilities = Set.copyOf(capabilities);
        aliases = List.copyOf(aliases);
    }

    /** What a model can do beside text. */
    public enum Capability {
        FUNCTION_CALLING,
        VISION,
        JSON_MODE,
        REASONING,
        EMBEDDING,
        IMAGE_GENERATION
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }
}
