package dev.llmsim.provider.media;

import java.util.List;
import java.util.Map;

/**
 * The words that say what a drawn picture is, in pixels: in one line, or where the picture is too narrow for that in three. Has
 * letters of its own: small containers have no fonts.
 */
final class Watermark {
    static final String TEXT = "LLMSIM SIMULATED IMAGE";

    /** A letter is 5 wide and 7 high; the sixth column and two rows part it from the next. */
    private static final int CELL_WIDTH = 6;

    private static final int CELL_HEIGHT = 9;
    private static final int GLYPH_HEIGHT = 7;
    private static final int GLYPH_WIDTH = 5;

    /** Rows from the top, five bits each, the leftmost the highest. */
    private static final Map<Character, int[]> GLYPHS = Map.of(
            'L', new int[] {0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1F},
            'M', new int[] {0x11, 0x1B, 0x15, 0x15, 0x11, 0x11, 0x11},
            'S', new int[] {0x0F, 0x10, 0x10, 0x0E, 0x01, 0x01, 0x1E},
            'I', new int[] {0x0E, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0E},
            'U', new int[] {0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E},
            'A', new int[] {0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11},
            'T', new int[] {0x1F, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04},
            'E', new int[] {0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F},
            'D', new int[] {0x1E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1E},
            'G', new int[] {0x0F, 0x10, 0x10, 0x17, 0x11, 0x11, 0x0F});

    private static final int[] BLANK = new int[GLYPH_HEIGHT];

    private final List<String> lines;
    private final int scale;
    private final int left;
    private final int top;
    private final int width;
    private final int height;

    /** The words in the middle of a picture of this size, over three quarters of its width. */
    Watermark(int pictureWidth, int pictureHeight) {
        boolean fits = pictureWidth >= TEXT.length() * CELL_WIDTH;
        lines = fits ? List.of(TEXT) : List.of(TEXT.split(" "));
        int columns = lines.stream().mapToInt(String::length).max().orElseThrow() * CELL_WIDTH;
        int rows = lines.size() * CELL_HEIGHT;
        scale = Math.max(1, Math.min(pictureWidth * 3 / 4 / columns, pictureHeight * 3 / 4 / rows));
        width = columns * scale;
        height = rows * scale;
        left = Math.max(0, (pictureWidth - width) / 2);
        top = Math.max(0, (pictureHeight - height) / 2);
    }

    /** Whether the plate on which the words stand covers this pixel. */
    boolean covers(int x, int y) {
        return x >= left - scale && x < left + width && y >= top - scale && y < top + height;
    }

    /** Whether this pixel is part of a letter. */
    boolean inks(int x, int y) {
        if (x < left || y < top || !covers(x, y)) {
            return false;
        }
        int column = (x - left) / scale;
        int row = (y - top) / scale;
        String line = lines.get(row / CELL_HEIGHT);
        int letter = column / CELL_WIDTH;
        int glyphRow = row % CELL_HEIGHT;
        int glyphColumn = column % CELL_WIDTH;
        if (letter >= line.length() || glyphRow >= GLYPH_HEIGHT || glyphColumn >= GLYPH_WIDTH) {
            return false;
        }
        int bits = GLYPHS.getOrDefault(line.charAt(letter), BLANK)[glyphRow];
        return (bits >> (GLYPH_WIDTH - 1 - glyphColumn) & 1) == 1;
    }
}
