package dev.llmsim.provider.media;

import dev.llmsim.exchange.Bytes;
import java.util.Arrays;
import java.util.Locale;

/** A kind of file in which a picture is sent. */
public enum PictureFormat {
    PNG,
    JPEG,
    WEBP;

    /** The format that is spelled so; PNG for any other text. */
    public static PictureFormat of(String id) {
        return Arrays.stream(values())
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElse(PNG);
    }

    /** As APIs spell it: {@code png}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String mediaType() {
        return "image/" + id();
    }

    /** {@code picture} as a file. */
    public Bytes write(Picture picture) {
        return Bytes.wrap(
                switch (this) {
                    case PNG -> PngFile.of(picture);
                    case JPEG -> JpegFile.of(picture);
                    case WEBP -> WebpFile.of(picture);
                });
    }
}
