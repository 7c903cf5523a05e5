package dev.llmsim.provider.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void readsWhatTheJdkWrote(String format) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(301, 17, BufferedImage.TYPE_INT_RGB), format, file);

        assertThat(ImageSize.of(file.toByteArray())).isEqualTo(new ImageSize(301, 17));
    }

    /** Headers as RFC 9649 lays them out: width 301, height 17. */
    @ParameterizedTest
    @CsvSource({
        "52494646000000005745425056503820 00000000 000000 9d012a 2d01 1100",
        "5249464600000000574542505650384c 00000000 2f 2c010400",
        "52494646000000005745425056503858 0a000000 00000000 2c0100 100000",
    })
    void readsTheThreeKindsOfWebp(String hex) {
        assertThat(ImageSize.of(HexFormat.of().parseHex(hex.replace(" ", "")))).isEqualTo(new ImageSize(301, 17));
    }

    @Test
    void whatIsCutShortOrNoImageHasNoSize() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(301, 17, BufferedImage.TYPE_INT_RGB), "jpg", file);

        for (int length = 0; length < 20; length++) {
            assertThat(ImageSize.of(Arrays.copyOf(file.toByteArray(), length))).isEqualTo(ImageSize.UNKNOWN);
        }
        assertThat(ImageSize.of(new byte[64])).isEqualTo(ImageSize.UNKNOWN);
        assertThat(DataUrl.parse("data:image/png;base64,!!!").orElseThrow().imageSize())
                .isEqualTo(ImageSize.UNKNOWN);
    }
}
