package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.media.DataUrl;
import dev.llmsim.provider.media.ImageSize;
import dev.llmsim.provider.simulation.Json;
import java.util.ArrayList;
import java.util.List;

/** Parts of messages: written, and read from items that have been checked. */
final class Parts {
    private Parts() {}

    static ObjectNode outputText(String text, ArrayNode logprobs) {
        ObjectNode part = Json.object().put("type", "output_text");
        part.putArray("annotations");
        part.set("logprobs", logprobs);
        return part.put("text", text);
    }

    static ObjectNode refusal(String text) {
        return Json.object().put("type", "refusal").put("refusal", text);
    }

    /** The parts of {@code content}: a text, or an array of parts. */
    static List<Part> of(JsonNode content) {
        if (content.isTextual()) {
            return List.of(new Part.Text(content.textValue()));
        }
        List<Part> parts = new ArrayList<>();
        content.forEach(part -> parts.add(part(part)));
        return parts;
    }

    private static Part part(JsonNode part) {
        return switch (part.path("type").asText()) {
            case "input_image", "computer_screenshot" -> image(part);
            case "input_file" -> attachment(part.path("file_data").asText(), "");
            case "input_audio" ->
                attachment(part.path("input_audio").path("data").asText(), "audio/wav");
            case "refusal" -> new Part.Text(part.path("refusal").asText());
            default -> new Part.Text(part.path("text").asText());
        };
    }

    private static Part image(JsonNode image) {
        ImageSize size = DataUrl.parse(image.path("image_url").asText())
                .map(DataUrl::imageSize)
                .orElse(ImageSize.UNKNOWN);
        Part.Detail detail = switch (image.path("detail").asText()) {
            case "low" -> Part.Detail.LOW;
            case "high" -> Part.Detail.HIGH;
            default -> Part.Detail.AUTO;
        };
        return new Part.Image(size.width(), size.height(), detail);
    }

    private static Part attachment(String data, String mediaType) {
        return DataUrl.parse(data)
                .map(url -> new Part.Attachment(url.mediaType(), url.bytes()))
                .orElseGet(() -> new Part.Attachment(mediaType, DataUrl.base64Bytes(data)));
    }
}
