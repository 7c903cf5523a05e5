package dev.llmsim.provider.openai.images;

import dev.llmsim.provider.media.ImageSize;
import dev.llmsim.provider.media.PictureFormat;
import java.util.Locale;

/**
 * What images are asked for.
 *
 * @param urls whether the answer names them by URLs, and does not hold them
 * @param partials how many unfinished ones a stream shows before each; -1 where nothing is streamed
 */
record ImagesRequest(String model, String prompt, int count, Look look, boolean urls, int partials) {
    /** Not streamed. */
    static final int WHOLE = -1;

    /** What each of them is like. */
    record Look(ImageSize size, Quality quality, boolean transparent, PictureFormat format) {
        String background() {
            return transparent ? "transparent" : "opaque";
        }
    }

    /** Whether the older models are asked, whose answers say less. */
    static boolean isDallE(String model) {
        return model.toLowerCase(Locale.ROOT).startsWith("dall-e");
    }

    boolean isDallE() {
        return isDallE(model);
    }

    boolean streamed() {
        return partials != WHOLE;
    }

    /** What the tiles of image {@code index} depend on. */
    long seed(int index) {
        long seed = index;
        for (char c : (model + '\0' + prompt).toCharArray()) {
            seed = seed * 0x100000001B3L + c;
        }
        return seed;
    }
}
