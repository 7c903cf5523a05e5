package dev.llmsim.provider.coding.brotli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The appendices of RFC 7932 state the checksums of what they list. */
class DictionaryTest {
    @Test
    void wordsAreThoseOfAppendixA() throws IOException {
        byte[] words = resource("dictionary.bin");
        assertThat(words).hasSize(122_784);
        assertThat(crc(words)).isEqualTo(0x5136cb04L);
    }

    @Test
    void transformsAreThoseOfAppendixB() throws IOException {
        Map<String, Integer> first = Map.of("identity", 0, "ferment-first", 1, "ferment-all", 2);
        ByteArrayOutputStream listed = new ByteArrayOutputStream();
        for (String line : new String(resource("transforms.txt"), StandardCharsets.UTF_8).split("\n")) {
            String[] parts = line.replace("\\n", "\n").replace("\\t", "\t").split("\\|", -1);
            int number = parts[1].charAt(parts[1].length() - 1) - '0';
            int type = first.getOrDefault(parts[1], parts[1].startsWith("omit-first") ? 2 + number : 11 + number);
            listed.write(parts[0].getBytes(StandardCharsets.UTF_8));
            listed.write(new byte[] {0, (byte) type});
            listed.write(parts[2].getBytes(StandardCharsets.UTF_8));
            listed.write(0);
        }
        assertThat(listed.size()).isEqualTo(648);
        assertThat(crc(listed.toByteArray())).isEqualTo(0x3d965f81L);
    }

    @Test
    void wordsAreCutAndCapitalised() throws IOException {
        assertThat(word(4, 0)).isEqualTo("time");
        assertThat(word(4, 1 << 10)).isEqualTo("time ");
        assertThat(word(4, 9 << 10)).isEqualTo("Time");
        assertThat(word(4, 44 << 10)).isEqualTo("TIME");
        assertThat(word(4, 3 << 10)).isEqualTo("ime");
        assertThat(word(4, 12 << 10)).isEqualTo("tim");
        assertThat(word(4, 54 << 10)).isEmpty();
    }

    private static String word(int length, int reference) throws IOException {
        return new String(Dictionary.word(length, reference), StandardCharsets.UTF_8);
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DictionaryTest.class.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }
}
