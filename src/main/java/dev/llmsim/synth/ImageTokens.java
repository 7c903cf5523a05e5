package dev.llmsim.synth;

import dev.llmsim.provider.conversation.Part;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an image in a prompt costs, by the formulas that the providers publish (platform.openai.com "Images and vision",
 * docs.anthropic.com "Vision", ai.google.dev "Understand and count tokens"). Sizes that are not known count as 1024 x 1024.
 */
public final class ImageTokens {
    private static final int UNKNOWN_PIXELS = 1024;

    private static final List<Family> FAMILIES = List.of(
            new Family("claude", ImageTokens::claude),
            new Family("gemini-[012]", ImageTokens::tilesOfGemini),
            new Family("gemini|gemma", (image, size) -> image.detail() == Part.Detail.LOW ? 280 : 1120),
            new Family("gpt-(5\\.[5-9]|[6-9])", (image, size) -> patches(image, size, newestLimit(image), 1.2)),
            new Family("gpt-5.*nano", (image, size) -> patches(image, size, 1536, 2.46)),
            new Family("gpt-5.*mini", (image, size) -> patches(image, size, 1536, 1.62)),
            new Family("gpt-5", (image, size) -> tiles(image, size, 70, 140)),
            new Family("gpt-4\\.1-nano", (image, size) -> patches(image, size, 1536, 2.46)),
            new Family("gpt-4\\.1-mini", (image, size) -> patches(image, size, 1536, 1.62)),
            new Family("o4-mini", (image, size) -> patches(image, size, 1536, 1.72)),
            new Family("gpt-4o-mini", (image, size) -> tiles(image, size, 2833, 5667)),
            new Family("(^|/)o[13]", (image, size) -> tiles(image, size, 75, 150)));

    private ImageTokens() {}

    public static int count(String model, Part.Image image) {
        Size size = image.width() > 0 && image.height() > 0
                ? new Size(image.width(), image.height())
                : new Size(UNKNOWN_PIXELS, UNKNOWN_PIXELS);
        String id = model.toLowerCase(Locale.ROOT);
        for (Family family : FAMILIES) {
            if (family.name.matcher(id).find()) {
                return family.formula.count(image, size);
            }
        }
        return tiles(image, size, 85, 170);
    }

    /** Into 2048 x 2048, then the short side to 768, in tiles of 512 x 512. */
    private static int tiles(Part.Image image, Size size, int base, int tile) {
        if (image.detail() == Part.Detail.LOW) {
            return base;
        }
        Size scaled = size.within(2048).shortSideWithin(768);
        return base + tile * scaled.cells(512);
    }

    /** In patches of 32 x 32, scaled down to fit {@code limit} of them. */
    private static int patches(Part.Image image, Size size, int limit, double factor) {
        Size seen = image.detail() == Part.Detail.LOW ? size.within(512) : size;
        int cells = seen.cells(32);
        if (cells > limit) {
            double ratio = Math.sqrt(32.0 * 32 * limit / (seen.width * seen.height));
            double across = seen.width * ratio / 32;
            double down = seen.height * ratio / 32;
            double whole = Math.min(atLeastOne(across) / across, atLeastOne(down) / down);
            cells = Math.min(limit, seen.times(ratio * whole).cells(32));
        }
        return (int) Math.ceil(cells * factor);
    }

    private static double atLeastOne(double cells) {
        return Math.max(1, Math.floor(cells));
    }

    /** Measured by third parties; not documented. */
    private static int newestLimit(Part.Image image) {
        return image.detail() == Part.Detail.HIGH ? 2_500 : 10_000;
    }

    private static int claude(Part.Image image, Size size) {
        Size scaled = size.within(1568);
        return (int) Math.min(1600, Math.ceil(scaled.width * scaled.height / 750));
    }

    private static int tilesOfGemini(Part.Image image, Size size) {
        return size.width <= 384 && size.height <= 384 ? 258 : 258 * size.cells(768);
    }

    private record Size(double width, double height) {
        Size times(double factor) {
            return new Size(width * factor, height * factor);
        }

        Size within(int longSide) {
            return times(Math.min(1, longSide / Math.max(width, height)));
        }

        Size shortSideWithin(int shortSide) {
            return times(Math.min(1, shortSide / Math.min(width, height)));
        }

        /** The cells of {@code side} pixels that cover it. */
        int cells(int side) {
            return (int) Math.min(1_000_000, across(width, side) * across(height, side));
        }

        private static double across(double pixels, int side) {
            return Math.max(1, Math.ceil(pixels / side - 1e-9));
        }
    }

    private interface Formula {
        int count(Part.Image image, Size size);
    }

    private record Family(Pattern name, Formula formula) {
        Family(String name, Formula formula) {
            this(Pattern.compile(name), formula);
        }
    }
}
