package dev.llmsim.provider.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final int BLACK = 0xFF000000;

    @Test
    void theWordsAreThereToRead() throws IOException {
        BufferedImage image = read(PictureFormat.PNG.write(Picture.of(new ImageSize(132, 40), 7, false)));

        assertThat(ink(image, 0, 15, 132, 22)).isEqualTo("""
                        #     #     #   #  ####  ###  #   #        ####  ###  #   # #   # #      ###  ##### ##### ####         ###  #   #  ###   #### #####
                        #     #     ## ## #       #   ## ##       #       #   ## ## #   # #     #   #   #   #     #   #         #   ## ## #   # #     #
                        #     #     # # # #       #   # # #       #       #   # # # #   # #     #   #   #   #     #   #         #   # # # #   # #     #
                        #     #     # # #  ###    #   # # #        ###    #   # # # #   # #     #####   #   ####  #   #         #   # # # ##### # ### ####
                        #     #     #   #     #   #   #   #           #   #   #   # #   # #     #   #   #   #     #   #         #   #   # #   # #   # #
                        #     #     #   #     #   #   #   #           #   #   #   # #   # #     #   #   #   #     #   #         #   #   # #   # #   # #
                        ##### ##### #   # ####   ###  #   #       ####   ###  #   #  ###  ##### #   #   #   ##### ####         ###  #   # #   #  #### #####
                        """);
    }

    @Test
    void aNarrowPictureHasThemInThreeLines() throws IOException {
        BufferedImage image = read(PictureFormat.PNG.write(Picture.of(new ImageSize(64, 40), 7, false)));

        assertThat(ink(image, 5, 6, 64, 13))
                .startsWith("#     #     #   #  ####  ###  #   #\n#     #     ## ## #       #   ## ##\n");
        assertThat(ink(image, 5, 15, 64, 16)).isEqualTo(" ####  ###  #   # #   # #      ###  ##### ##### ####\n");
        assertThat(ink(image, 5, 24, 64, 25)).isEqualTo(" ###  #   #  ###   #### #####\n");
    }

    @Test
    void theFileSaysItInText() {
        for (PictureFormat format : new PictureFormat[] {PictureFormat.PNG, PictureFormat.JPEG}) {
            Bytes file = format.write(Picture.of(new ImageSize(16, 16), 1, false));
            assertThat(new String(file.toArray(), StandardCharsets.ISO_8859_1))
                    .as(format.id())
                    .contains("LLMSIM SIMULATED IMAGE");
        }
    }

    @Test
    void filesAreOfTheSizeAskedForInEachFormat() throws IOException {
        for (PictureFormat format : PictureFormat.values()) {
            for (ImageSize size : new ImageSize[] {
                new ImageSize(16, 16), new ImageSize(17, 4096), new ImageSize(1536, 1024), new ImageSize(4096, 33)
            }) {
                byte[] file = format.write(Picture.of(size, 3, false)).toArray();
                assertThat(ImageSize.of(file)).as(format.id()).isEqualTo(size);
            }
        }
    }

    @Test
    void aJpegShowsWhatThePngShows() throws IOException {
        Picture picture = Picture.of(new ImageSize(256, 128), 11, false);
        BufferedImage png = read(PictureFormat.PNG.write(picture));
        BufferedImage jpeg = read(PictureFormat.JPEG.write(picture));

        assertThat(jpeg.getWidth()).isEqualTo(256);
        for (int x = 8; x < 256; x += 16) {
            assertThat(Math.abs((png.getRGB(x, 4) >> 8 & 0xFF) - (jpeg.getRGB(x, 4) >> 8 & 0xFF)))
                    .isLessThan(40);
        }
    }

    @Test
    void theSeedDecidesTheTilesAndDetailTheirNumber() throws IOException {
        ImageSize size = new ImageSize(256, 256);
        Bytes one = PictureFormat.PNG.write(Picture.of(size, 1, false));

        assertThat(PictureFormat.PNG.write(Picture.of(size, 1, false))).isEqualTo(one);
        assertThat(PictureFormat.PNG.write(Picture.of(size, 2, false))).isNotEqualTo(one);
        BufferedImage coarse = read(PictureFormat.PNG.write(Picture.of(size, 1, false, 0)));
        assertThat(coarse.getRGB(0, 0)).isEqualTo(coarse.getRGB(255, 255));
    }

    @Test
    void aTransparentPictureShowsItsWordsAlone() throws IOException {
        BufferedImage image = read(PictureFormat.PNG.write(Picture.of(new ImageSize(256, 256), 1, true)));

        assertThat(image.getRGB(0, 0) >>> 24).isZero();
        assertThat(image.getRGB(128, 127) >>> 24).isEqualTo(0xFF);
    }

    /** These very files were decoded by libwebp to the pixels of the PNG: Java has no decoder of its own. */
    @Test
    void webpFilesAreAsTheyWereChecked() {
        assertThat(hash(PictureFormat.WEBP.write(Picture.of(new ImageSize(333, 128), 5, false))))
                .isEqualTo("2ef7c91e93c52281");
        assertThat(hash(PictureFormat.WEBP.write(Picture.of(new ImageSize(4096, 256), 6, true))))
                .isEqualTo("b96020a0d03c30fe");
    }

    /** The black pixels of a part of an image, row by row. */
    private static String ink(BufferedImage image, int left, int top, int right, int bottom) {
        StringBuilder art = new StringBuilder();
        for (int y = top; y < bottom; y++) {
            StringBuilder row = new StringBuilder();
            for (int x = left; x < right; x++) {
                row.append(image.getRGB(x, y) == BLACK ? '#' : ' ');
            }
            art.append(row.toString().stripTrailing()).append('\n');
        }
        return art.toString();
    }

    private static BufferedImage read(Bytes file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file.toArray()));
    }

    private static String hash(Bytes file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.toArray());
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
