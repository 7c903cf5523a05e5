package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.openai.Fields;
import java.util.List;

/** What the parts of a message have to hold. */
final class PartRules {
    private static final List<String> TYPES = List.of(
            "input_text",
            "input_image",
            "output_text",
            "refusal",
            "input_file",
            "input_audio",
            "computer_screenshot",
            "summary_text");
    private static final List<String> SAID = List.of("output_text", "refusal");
    private static final List<String> DETAILS = List.of("low", "high", "auto", "original");

    private PartRules() {}

    /** @param path where the part stands */
    static void check(Fields part, String role, String path) {
        String type = part.requiredOneOf("type", TYPES);
        if (part.isStrict() && role.equals("assistant") && !SAID.contains(type)) {
            throw FieldErrors.value(path, type, SAID);
        }
        switch (type) {
            case "input_text", "output_text" -> part.requiredText("text");
            case "refusal" -> part.requiredText("refusal");
            case "input_image" -> {
                part.text("image_url");
                part.text("file_id");
                part.oneOf("detail", DETAILS);
            }
            default -> {
                // nothing that an answer depends on
            }
        }
    }
}
