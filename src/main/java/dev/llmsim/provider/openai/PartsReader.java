package dev.llmsim.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.media.DataUrl;
import dev.llmsim.provider.media.ImageSize;
import java.util.List;
import java.util.Locale;

/** Reads the content of a message: a text, or parts. */
final class PartsReader {
    static final String EXPECTED = "one of a string or array of objects";
    private static final List<String> TYPES = List.of("text", "image_url", "input_audio", "refusal", "audio", "file");
    private static final List<String> DETAILS = List.of("auto", "low", "high");

    private PartsReader() {}

    static List<Part> read(Fields message) {
        JsonNode content = message.at("content");
        if (content.isTextual()) {
            return List.of(new Part.Text(content.textValue()));
        }
        if (!content.isArray()) {
            throw FieldErrors.type(message.path("content"), EXPECTED, content);
        }
        return message.objects("content").stream().map(PartsReader::part).toList();
    }

    private static Part part(Fields part) {
        return switch (part.requiredOneOf("type", TYPES)) {
            case "text" -> new Part.Text(part.requiredText("text"));
            case "image_url" -> image(part.requiredObject("image_url"));
            case "input_audio" -> sound(part.requiredObject("input_audio"));
            case "file" -> file(part.requiredObject("file"));
            case "refusal" -> new Part.Text(part.requiredText("refusal"));
            case "audio" -> new Part.Attachment("audio/wav", 0);
            default -> new Part.Attachment("", 0);
        };
    }

    private static Part image(Fields image) {
        String url = image.requiredText("url");
        String detail = image.oneOf("detail", DETAILS).filter(DETAILS::contains).orElse("auto");
        ImageSize size = DataUrl.parse(url).map(DataUrl::imageSize).orElse(ImageSize.UNKNOWN);
        return new Part.Image(size.width(), size.height(), Part.Detail.valueOf(detail.toUpperCase(Locale.ROOT)));
    }

    private static Part sound(Fields sound) {
        String data = sound.requiredText("data");
        String format = sound.requiredOneOf("format", List.of("wav", "mp3"));
        return new Part.Attachment(format.equals("mp3") ? "audio/mpeg" : "audio/wav", DataUrl.base64Bytes(data));
    }

    private static Part file(Fields file) {
        String data = file.text("file_data").orElse("");
        return DataUrl.parse(data)
                .map(url -> new Part.Attachment(url.mediaType(), url.bytes()))
                .orElseGet(() -> new Part.Attachment("", DataUrl.base64Bytes(data)));
    }
}
