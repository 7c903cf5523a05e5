package dev.llmsim.provider.openai.images;

import dev.llmsim.provider.media.ImageSize;
import dev.llmsim.provider.openai.FieldErrors;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How requests spell the size of an image: {@code 1536x1024}; {@code auto} is a square. */
final class SizeText {
    static final String AUTO = "auto";

    private static final int SQUARE = 1024;
    private static final int LEAST = 16;
    private static final int MOST = 4096;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})x([0-9]{1,9})");
    private static final List<String> USUAL = List.of("1024x1024", "1024x1536", "1536x1024", AUTO);

    private SizeText() {}

    /** The size; each side within what is drawn. */
    static ImageSize read(String text) {
        if (text.equals(AUTO)) {
            return new ImageSize(SQUARE, SQUARE);
        }
        Matcher sides = FORM.matcher(text);
        if (!sides.matches()) {
            throw FieldErrors.value("size", text, USUAL);
        }
        return new ImageSize(side(sides.group(1)), side(sides.group(2)));
    }

    static String write(ImageSize size) {
        return size.width() + "x" + size.height();
    }

    /** How many times the pixels of 1024 × 1024 it has. */
    static double area(ImageSize size) {
        return (double) size.width() * size.height() / (SQUARE * SQUARE);
    }

    private static int side(String digits) {
        return Math.max(LEAST, Math.min(MOST, Integer.parseInt(digits)));
    }
}
