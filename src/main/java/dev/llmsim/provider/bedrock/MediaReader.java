package dev.llmsim.provider.bedrock;

import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.media.DataUrl;
import dev.llmsim.provider.media.ImageSize;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Reads images, documents, videos and sounds: bytes in base64, or objects in S3, of which nothing is known. */
final class MediaReader {
    private static final List<String> IMAGES = List.of("png", "jpeg", "gif", "webp");
    private static final List<String> DOCUMENTS =
            List.of("pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md");
    private static final Set<String> TEXTS = Set.of("csv", "html", "txt", "md");

    private MediaReader() {}

    static Part image(Fields image) {
        String format = required(image, IMAGES);
        ImageSize size = image.requiredObject("source")
                .text("bytes")
                .map(base64 -> new DataUrl("image/" + format, base64).imageSize())
                .orElse(ImageSize.UNKNOWN);
        return new Part.Image(size.width(), size.height(), Part.Detail.AUTO);
    }

    static Part document(Fields document) {
        document.requiredText("name");
        String format = document.oneOf("format", DOCUMENTS).orElse("txt");
        Fields source = document.requiredObject("source");
        long bytes = source.text("bytes").map(DataUrl::base64Bytes).orElse(0L);
        bytes += source.text("text").map(MediaReader::utf8Bytes).orElse(0L);
        for (Fields content : source.objects("content")) {
            bytes += content.text("text").map(MediaReader::utf8Bytes).orElse(0L);
        }
        return new Part.Attachment((TEXTS.contains(format) ? "text/" : "application/") + format, bytes);
    }

    /** A video or a sound; {@code kind} is the first part of its media type. */
    static Part recording(String kind, Fields recording) {
        long bytes = recording
                .requiredObject("source")
                .text("bytes")
                .map(DataUrl::base64Bytes)
                .orElse(0L);
        return new Part.Attachment(kind + "/" + recording.requiredText("format"), bytes);
    }

    private static String required(Fields media, List<String> formats) {
        media.requiredText("format");
        return media.oneOf("format", formats).orElseThrow();
    }

    private static long utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
