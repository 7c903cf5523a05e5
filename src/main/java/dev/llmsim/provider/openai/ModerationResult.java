package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Json;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges a text by a few plain words, so that a test can have it flagged; images are never flagged. */
final class ModerationResult {
    private static final double FLAGGED_SCORE = 0.97;

    private ModerationResult() {}

    /** The categories in the order of the API, each with the words that flag it and whether it judges images. */
    private enum Category {
        HARASSMENT("harassment", false, "idiot|moron|loser"),
        HARASSMENT_THREATENING("harassment/threatening", false, "i will (kill|hurt|find) you"),
        SEXUAL("sexual", true, "porn|pornographic|erotic"),
        HATE("hate", false, "hate (jews|muslims|christians|immigrants|women|men|gays)"),
        HATE_THREATENING("hate/threatening", false, "exterminate them all"),
        ILLICIT("illicit", false, "shoplift|launder money|counterfeit"),
        ILLICIT_VIOLENT("illicit/violent", false, "build a bomb|make a bomb"),
        SELF_HARM_INTENT("self-harm/intent", true, "kill myself|hurt myself|end my life"),
        SELF_HARM_INSTRUCTIONS("self-harm/instructions", true, "how to (commit suicide|kill myself)"),
        SELF_HARM("self-harm", true, "suicide|kill myself|hurt myself|self-harm"),
        SEXUAL_MINORS("sexual/minors", false, "child porn"),
        VIOLENCE("violence", true, "kill|murder|stab|massacre|bomb"),
        VIOLENCE_GRAPHIC("violence/graphic", true, "gore|disembowel|dismember");

        private final String id;
        private final boolean judgesImages;
        private final Pattern words;

        Category(String id, boolean judgesImages, String words) {
            this.id = id;
            this.judgesImages = judgesImages;
            this.words = Pattern.compile("\\b(" + words + ")\\b", Pattern.CASE_INSENSITIVE);
        }
    }

    static ObjectNode write(ModerationsEndpoint.Judged input, String model) {
        boolean omni = !model.startsWith("text-moderation");
        Set<Category> known = EnumSet.allOf(Category.class);
        if (!omni) {
            known.removeAll(Set.of(Category.ILLICIT, Category.ILLICIT_VIOLENT));
        }
        List<Category> flagged = known.stream()
                .filter(category -> category.words.matcher(input.text()).find())
                .toList();
        ObjectNode json = Json.object().put("flagged", !flagged.isEmpty());
        ObjectNode categories = json.putObject("categories");
        known.forEach(category -> categories.put(category.id, flagged.contains(category)));
        ObjectNode scores = json.putObject("category_scores");
        known.forEach(category -> scores.put(category.id, score(category, flagged, input.text())));
        if (omni) {
            ObjectNode types = json.putObject("category_applied_input_types");
            known.forEach(category -> applied(types.putArray(category.id), category, input));
        }
        return json;
    }

    /** Small, and the same for the same text, where nothing was found. */
    private static double score(Category category, List<Category> flagged, String text) {
        double drawn = Math.floorMod((text + category.id).hashCode(), 9973) / 9973.0;
        return flagged.contains(category) ? FLAGGED_SCORE + drawn * 0.02 : 1e-6 + drawn * 1e-4;
    }

    private static void applied(ArrayNode types, Category category, ModerationsEndpoint.Judged input) {
        if (input.hasText()) {
            types.add("text");
        }
        if (input.hasImage() && category.judgesImages) {
            types.add("image");
        }
    }
}
