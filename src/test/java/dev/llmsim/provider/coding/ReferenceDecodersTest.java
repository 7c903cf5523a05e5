package dev.llmsim.provider.coding;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import dev.llmsim.exchange.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our decoders of br and zstd agree with those of the codings' authors. */
class ReferenceDecodersTest {
    private static final int MUTATIONS = 1500;

    @BeforeAll
    static void loadBrotli() {
        Brotli4jLoader.ensureAvailability();
    }

    static List<byte[]> texts() throws IOException {
        List<byte[]> texts = new ArrayList<>();
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 5, 300, 70_000, 400_000}) {
            byte[] noise = new byte[size];
            random.nextBytes(noise);
            texts.add(noise);
            texts.add(fewLetters(random, size));
            texts.add("abcdefgh".repeat(size / 8).getBytes(StandardCharsets.UTF_8));
        }
        Path traffic = Path.of("src/test/resources/real-traffic");
        try (var files = Files.walk(traffic)) {
            for (Path file :
                    files.filter(Files::isRegularFile).sorted().limit(12).toList()) {
                texts.add(Files.readAllBytes(file));
            }
        }
        byte[] far = new byte[5_000_000];
        random.nextBytes(far);
        System.arraycopy(far, 0, far, 4_000_000, 900_000);
        texts.add(far);
        return texts;
    }

    private static byte[] fewLetters(Random random, int size) {
        byte[] text = new byte[size];
        for (int i = 0; i < size; i++) {
            text[i] = (byte) ('a' + Math.min(25, Math.abs((int) (random.nextGaussian() * 4))));
        }
        return text;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyQualityOfTheReferenceEncodersIsDecoded(byte[] text) throws IOException {
        boolean large = text.length > 100_000;
        for (int quality : large ? new int[] {1, 5, 9} : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) {
            for (Encoder.Mode mode : Encoder.Mode.values()) {
                byte[] coded = Encoder.compress(
                        text, new Encoder.Parameters().setQuality(quality).setMode(mode));
                assertDecodes("br", coded, text);
            }
        }
        for (int window : new int[] {10, 16, 24}) {
            assertDecodes(
                    "br",
                    Encoder.compress(
                            text, new Encoder.Parameters().setQuality(5).setWindow(window)),
                    text);
        }
        for (int level : large ? new int[] {-5, 1, 3, 12} : new int[] {-50, -5, 1, 2, 3, 5, 7, 9, 12, 15, 19, 22}) {
            assertDecodes("zstd", Zstd.compress(text, level), text);
        }
    }

    private static void assertDecodes(String coding, byte[] coded, byte[] text) {
        int readBytes = coded.length < 2000 ? 1 : 1777;
        Decoded decoded = ContentCoding.decode(FlushedStream.split(Bytes.wrap(coded), readBytes), coding);
        assertThat(decoded)
                .as(() -> decoded instanceof Decoded.Undecodable broken ? broken.reason() : coding)
                .isInstanceOf(Decoded.Plain.class);
        assertThat(decoded.bytes()).isEqualTo(Bytes.wrap(text));
    }

    /** And the other way round, but for zstd: its decoder does not mind literals that leave bits over, which RFC 8878 forbids. */
    @ParameterizedTest
    @ValueSource(strings = {"br-11", "br-9", "br-4", "zstd-1", "zstd-3", "zstd-19"})
    void whatWeTakeTheReferenceTakesAlike(String encoder) throws IOException {
        String coding = FlushedStream.coding(encoder);
        byte[] text = Files.readAllBytes(Path.of("pom.xml"));
        byte[] sample = java.util.Arrays.copyOf(text, 3000);
        byte[] valid = coding.equals("br")
                ? Encoder.compress(sample, new Encoder.Parameters().setQuality(Integer.parseInt(encoder.substring(3))))
                : Zstd.compress(sample, Integer.parseInt(encoder.substring(5)));
        Random random = new Random(encoder.hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = valid.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Optional<Bytes> expected = reference(coding, mutated);
            Decoded ours = ContentCoding.decode(FlushedStream.split(Bytes.wrap(mutated), 500), coding);
            Optional<Bytes> actual = ours instanceof Decoded.Plain ? Optional.of(ours.bytes()) : Optional.empty();
            if (coding.equals("br") || actual.isPresent()) {
                assertThat(actual)
                        .as("mutation %d: %s of %s", i, ours, HexFormat.of().formatHex(mutated))
                        .isEqualTo(expected);
            }
        }
    }

    private static Optional<Bytes> reference(String coding, byte[] coded) {
        try (InputStream in = coding.equals("br")
                ? new BrotliInputStream(new ByteArrayInputStream(coded))
                : new ZstdInputStream(new ByteArrayInputStream(coded))) {
            return Optional.of(Bytes.wrap(in.readAllBytes()));
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    @Test
    void framesFollowOneAnotherWithSkippableOnesBetween() {
        Bytes one = Bytes.wrap(Zstd.compress("one".getBytes(StandardCharsets.UTF_8), 3));
        Bytes two = Bytes.wrap(Zstd.compress("two".getBytes(StandardCharsets.UTF_8), 3));
        Bytes skipped = Bytes.wrap(ByteBuffer.allocate(12)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(0x184D2A57)
                .putInt(4)
                .putInt(-1)
                .array());
        Bytes coded = Bytes.concat(List.of(skipped, one, skipped, two, skipped));
        for (int readBytes : List.of(1, 5, 1000)) {
            Decoded decoded = ContentCoding.decode(FlushedStream.split(coded, readBytes), "zstd");
            assertThat(decoded).isInstanceOf(Decoded.Plain.class);
            assertThat(decoded.bytes().utf8()).isEqualTo("onetwo");
        }
    }

    @Test
    void aWrongChecksumIsSaidAndTheTextKept() throws IOException {
        FlushedStream stream = FlushedStream.of("zstd-3", List.of("data: one\n\n", "data: two\n\n"));
        byte[] coded = stream.coded().toArray();
        coded[coded.length - 1] ^= 1;
        Decoded decoded = ContentCoding.decode(FlushedStream.split(Bytes.wrap(coded), 3), "zstd");
        assertThat(((Decoded.Undecodable) decoded).reason()).contains("checksum");
        assertThat(decoded.bytes().utf8()).isEqualTo(stream.text());
    }

    @Test
    void aRawBlockIsGivenOnAsItComes() {
        byte[] noise = new byte[60_000];
        new Random(1).nextBytes(noise);
        Bytes coded = Bytes.wrap(Zstd.compress(noise, 3));
        Decoded decoded = ContentCoding.decode(FlushedStream.split(coded.slice(0, 30_000), 1000), "zstd");
        assertThat(decoded).isInstanceOf(Decoded.CutShort.class);
        assertThat(decoded.reads()).hasSize(30);
        assertThat(decoded.bytes())
                .isEqualTo(Bytes.wrap(noise).slice(0, decoded.bytes().length()));
        assertThat(decoded.bytes().length()).isBetween(29_980, 30_000);
    }
}
