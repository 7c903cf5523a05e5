package dev.llmsim.provider.anthropic;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.media.DataUrl;
import dev.llmsim.provider.media.ImageSize;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the sources of images and documents. */
final class MediaReader {
    private static final List<String> IMAGES = List.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private MediaReader() {}

    static Part image(Fields block) {
        Fields source = block.requiredObject("source");
        String type = source.requiredText("type");
        ImageSize size = ImageSize.UNKNOWN;
        switch (type) {
            case "base64" -> size = embedded(source.tagged(type));
            case "url" -> size = linked(source.tagged(type).requiredText("url"));
            case "file" -> source.tagged(type).requiredText("file_id");
            default -> throw FieldErrors.tag(source.path(), type, List.of("base64", "file", "url"));
        }
        return new Part.Image(size.width(), size.height(), Part.Detail.AUTO);
    }

    private static ImageSize embedded(Fields source) {
        String mediaType = source.requiredText("media_type");
        source.oneOf("media_type", IMAGES);
        return new DataUrl(mediaType, source.requiredText("data")).imageSize();
    }

    private static ImageSize linked(String url) {
        return DataUrl.parse(url).map(DataUrl::imageSize).orElse(ImageSize.UNKNOWN);
    }

    static Part document(Fields source) {
        String type = source.requiredText("type");
        Fields tagged = source.tagged(type);
        return switch (type) {
            case "base64" ->
                new Part.Attachment(
                        tagged.requiredText("media_type"), DataUrl.base64Bytes(tagged.requiredText("data")));
            case "text" ->
                new Part.Attachment("text/plain", tagged.requiredText("data").getBytes(StandardCharsets.UTF_8).length);
            case "url" -> linkedDocument(tagged.requiredText("url"));
            case "file" -> {
                tagged.requiredText("file_id");
                yield new Part.Attachment("", 0);
            }
            default -> throw FieldErrors.tag(source.path(), type, List.of("base64", "content", "file", "text", "url"));
        };
    }

    private static Part linkedDocument(String url) {
        return DataUrl.parse(url)
                .map(data -> new Part.Attachment(data.mediaType(), data.bytes()))
                .orElseGet(() -> new Part.Attachment("", 0));
    }
}
