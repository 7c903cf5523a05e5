package dev.llmsim.provider.openai.images;

import dev.llmsim.provider.media.ImageSize;
import dev.llmsim.provider.media.PictureFormat;
import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.openai.Fields;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.List;

/** Reads a request for images. */
final class ImagesReader {
    private static final String USUAL_MODEL = "gpt-image-1";
    private static final int MOST_IMAGES = 10;
    private static final int MOST_PARTIALS = 3;
    private static final List<String> QUALITIES = List.of("low", "medium", "high", "auto", "standard", "hd");
    private static final List<String> BACKGROUNDS = List.of("transparent", "opaque", "auto");
    private static final List<String> FORMATS = List.of("png", "jpeg", "webp");

    private ImagesReader() {}

    /**
     * Reads the body of one.
     *
     * @throws ApiErrorException with what the API says of the first field that is wrong
     */
    static ImagesRequest read(Fields fields) {
        String model = fields.text("model").orElse(USUAL_MODEL);
        boolean dallE = ImagesRequest.isDallE(model);
        String prompt = prompt(fields, model);
        int count = fields.integer("n", 1, MOST_IMAGES).orElse(1);
        if (count > 1 && model.equals("dall-e-3")) {
            throw FieldErrors.of("n", "invalid_value", "You must provide n=1 for this model.");
        }
        fields.integer("output_compression", 0, 100);
        fields.oneOf("moderation", List.of("low", "auto"));
        String form =
                fields.oneOf("response_format", List.of("url", "b64_json")).orElse(dallE ? "url" : "b64_json");
        return new ImagesRequest(model, prompt, count, look(fields), form.equals("url"), partials(fields, dallE));
    }

    private static String prompt(Fields fields, String model) {
        String prompt = fields.requiredText("prompt");
        if (prompt.isEmpty()) {
            throw FieldErrors.of("prompt", "Invalid 'prompt': prompt cannot be an empty string.");
        }
        int most = switch (model) {
            case "dall-e-2" -> 1_000;
            case "dall-e-3" -> 4_000;
            default -> 32_000;
        };
        int length = prompt.codePointCount(0, prompt.length());
        if (length > most) {
            throw FieldErrors.longText("prompt", most, length);
        }
        return prompt;
    }

    private static ImagesRequest.Look look(Fields fields) {
        ImageSize size = SizeText.read(fields.text("size").orElse(SizeText.AUTO));
        Quality quality = Quality.of(fields.oneOf("quality", QUALITIES).orElse("auto"));
        boolean transparent =
                fields.oneOf("background", BACKGROUNDS).orElse("auto").equals("transparent");
        String format = fields.oneOf("output_format", FORMATS).orElse("png");
        if (transparent && format.equals("jpeg")) {
            throw FieldErrors.of(
                    "background",
                    "invalid_value",
                    "Transparent background is not supported for JPEG output format. Use 'png' or 'webp'.");
        }
        return new ImagesRequest.Look(size, quality, transparent, PictureFormat.of(format));
    }

    private static int partials(Fields fields, boolean dallE) {
        int partials = fields.integer("partial_images", 0, MOST_PARTIALS).orElse(0);
        if (!fields.flag("stream", false)) {
            return ImagesRequest.WHOLE;
        }
        if (dallE) {
            throw FieldErrors.unsupported("stream", "");
        }
        return partials;
    }
}
