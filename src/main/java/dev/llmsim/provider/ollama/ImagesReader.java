package dev.llmsim.provider.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Part;
import dev.llmsim.provider.media.DataUrl;
import dev.llmsim.provider.media.ImageSize;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code images}, each a file in base64. */
final class ImagesReader {
    private ImagesReader() {}

    static List<Part> read(Fields fields) {
        List<Part> images = new ArrayList<>();
        for (JsonNode image : fields.elements("images", "[]api.ImageData")) {
            if (!image.isTextual()) {
                throw fields.wrong("images", "api.ImageData", image);
            }
            int wrong = firstOutsideBase64(image.textValue());
            if (wrong >= 0) {
                throw new ApiErrorException(400, "illegal base64 data at input byte " + wrong);
            }
            ImageSize size = new DataUrl("image", image.textValue()).imageSize();
            images.add(new Part.Image(size.width(), size.height(), Part.Detail.AUTO));
        }
        return images;
    }

    /** Where the first character stands that base64 does not have; -1 where all of them are right. */
    private static int firstOutsideBase64(String base64) {
        for (int i = 0; i < base64.length(); i++) {
            char c = base64.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean sign = c == '+' || c == '/' || c == '=' || c == '\n' || c == '\r';
            if (!letter && !sign) {
                return i;
            }
        }
        return -1;
    }
}
