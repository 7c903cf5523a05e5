package dev.llmsim.provider.media;

import java.util.SplittableRandom;

/**
 * A picture that is drawn where a model would paint one: coloured tiles that depend on its seed, and the words
 * {@code LLMSIM SIMULATED IMAGE}. Its pixels are numbers of colours.
 */
public final class Picture {
    /** What every picture says of itself. */
    public static final String WATERMARK = Watermark.TEXT;

    /** The most tiles in a row, as a power of 2. */
    public static final int FULL_DETAIL = 4;

    /** Ink, plate, and the colours of tiles. */
    static final int COLOURS = 16;

    private static final int INK = 0;
    private static final int PLATE = 1;
    private static final int FIRST_TILE = 2;

    private final int width;
    private final int height;
    private final boolean transparent;
    private final int tilesAcross;
    private final int[] palette;
    private final byte[] tiles;
    private final Watermark watermark;

    private Picture(int width, int height, boolean transparent, int tilesAcross, SplittableRandom random) {
        this.width = width;
        this.height = height;
        this.transparent = transparent;
        this.tilesAcross = tilesAcross;
        this.palette = palette(random);
        this.tiles = new byte[tilesAcross * tilesAcross];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = (byte) (FIRST_TILE + random.nextInt(COLOURS - FIRST_TILE));
        }
        this.watermark = new Watermark(width, height);
    }

    /** A picture of this size; {@code transparent}: around its words nothing is painted. */
    public static Picture of(ImageSize size, long seed, boolean transparent) {
        return of(size, seed, transparent, FULL_DETAIL);
    }

    /** The same while it is being painted: {@code detail} goes from 0 to {@link #FULL_DETAIL}. */
    public static Picture of(ImageSize size, long seed, boolean transparent, int detail) {
        return new Picture(size.width(), size.height(), transparent, 1 << detail, new SplittableRandom(seed));
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The colour, {@code 0xRRGGBB}, of each number. */
    int colour(int number) {
        return palette[number];
    }

    boolean isTransparent(int number) {
        return transparent && number >= FIRST_TILE;
    }

    /** The numbers of the colours of row {@code y}, into the first places of {@code row}. */
    void row(int y, byte[] row) {
        int tileRow = y * tilesAcross / height * tilesAcross;
        for (int x = 0; x < width; x++) {
            row[x] = tiles[tileRow + x * tilesAcross / width];
        }
        for (int x = 0; x < width; x++) {
            if (watermark.covers(x, y)) {
                row[x] = (byte) (watermark.inks(x, y) ? INK : PLATE);
            }
        }
    }

    private static int[] palette(SplittableRandom random) {
        int[] palette = new int[COLOURS];
        palette[INK] = 0x000000;
        palette[PLATE] = 0xFFFFFF;
        for (int i = FIRST_TILE; i < COLOURS; i++) {
            palette[i] = random.nextInt(0x1000000);
        }
        return palette;
    }
}
