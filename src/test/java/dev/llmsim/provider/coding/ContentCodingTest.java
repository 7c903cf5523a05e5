package dev.llmsim.provider.coding;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {
    private static final String TEXT = events();
    /** {@link #TEXT} as Node.js's zlib codes it. */
    private static final String BROTLI =
            "G+MHGCwKbBuVfiPtegt5Lsx8UMrd2ZZCn0mn5M+F3MpgboqA6BTZMP+Qt/Mx/mcb0ki7KNGsAVPgkKODxl+c"
                    + "UTuu+83H9bm//ZO//DrVG1UklElVSp3WZLSzdXJ0c/XyjvFwAN7zjcpsslrsNqfD3c3Tw9vLl7fKmrMYDWaT1WK3OR3ubp4e3l6+vFXVXMVoMJus"
                    + "FrvN6XB38/Tw9vKNAw==";

    private static String events() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append("data: {\"index\":")
                    .append(i)
                    .append(",\"delta\":{\"content\":\"wörd ")
                    .append(i)
                    .append("\"}}\n\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "deflate", "raw-deflate", "br", "zstd", "identity", "", "GZIP"})
    void decodesEveryCodingHoweverItWasSplit(String coding) throws IOException {
        Bytes coded = coded(coding, TEXT);
        String header = coding.equals("raw-deflate") ? "deflate" : coding;
        for (int readBytes : List.of(1, 7, 64, 100_000)) {
            Decoded decoded = ContentCoding.decode(split(coded, readBytes), header);
            assertThat(decoded).isInstanceOf(Decoded.Plain.class);
            assertThat(decoded.bytes().utf8()).isEqualTo(TEXT);
        }
    }

    @Test
    void undoesStackedCodingsFromTheLastToTheFirst() throws IOException {
        Bytes coded = gzip(coded("zstd", TEXT).toArray());
        Decoded decoded = ContentCoding.decode(split(coded, 10), "zstd, identity, gzip");
        assertThat(decoded).isInstanceOf(Decoded.Plain.class);
        assertThat(decoded.bytes().utf8()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd", "compress", "gzip, foo"})
    void whatCannotBeDecodedIsSaidSo(String coding) {
        Decoded decoded = ContentCoding.decode(List.of(new Frame(0, Bytes.utf8("{\"not\":\"coded at all\"}"))), coding);
        assertThat(decoded).isInstanceOf(Decoded.Undecodable.class);
        assertThat(decoded.reads()).isEmpty();
        assertThat(((Decoded.Undecodable) decoded).reason())
                .contains(coding.replace("foo", "(not registered)"))
                .contains("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "br"})
    void whatWasNeverCodedIsNotWhole(String coding) {
        Decoded decoded = ContentCoding.decode(List.of(new Frame(0, Bytes.utf8("{\"not\":\"coded at all\"}"))), coding);
        assertThat(decoded).isNotInstanceOf(Decoded.Plain.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd"})
    void bombIsStoppedAtTheLimit(String coding) throws IOException {
        Bytes coded = coded(coding, "0".repeat(5_000_000));
        assertThat(coded.length()).isLessThan(100_000);
        Decoded decoded = ContentCoding.decode(split(coded, 1000), coding, 1_000_000);
        assertThat(((Decoded.Undecodable) decoded).reason()).contains("more than 1000000 bytes");
        assertThat(decoded.bytes().utf8()).matches("0{900000,1000000}");
        assertThat(ContentCoding.MAX_DECODED_BYTES).isEqualTo(268_435_456);
    }

    @Test
    void emptyBodyOfACodedAnswerStaysEmpty() {
        assertThat(ContentCoding.decode(List.of(), "gzip")).isEqualTo(new Decoded.Plain(List.of()));
    }

    @Test
    void tooManyCodingsAreRefused() throws IOException {
        Decoded decoded = ContentCoding.decode(split(gzip(new byte[9]), 5), "gzip,".repeat(6));
        assertThat(((Decoded.Undecodable) decoded).reason()).contains("6 codings (expected: at most 5)");
    }

    private static Bytes coded(String coding, String text) throws IOException {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        switch (coding) {
            case "gzip", "x-gzip", "GZIP" -> {
                return gzip(plain);
            }
            case "br" -> {
                return Bytes.wrap(Base64.getDecoder().decode(BROTLI));
            }
            case "deflate", "raw-deflate" -> {
                Deflater deflater = new Deflater(6, coding.startsWith("raw"));
                try (OutputStream out = new DeflaterOutputStream(wire, deflater)) {
                    out.write(plain);
                }
                deflater.end();
            }
            case "zstd" -> {
                try (OutputStream out = new ZstdOutputStream(wire)) {
                    out.write(plain);
                }
            }
            default -> wire.write(plain);
        }
        return Bytes.wrap(wire.toByteArray());
    }

    private static Bytes gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(wire)) {
            out.write(plain);
        }
        return Bytes.wrap(wire.toByteArray());
    }

    private static List<Frame> split(Bytes coded, int readBytes) {
        List<Frame> reads = new ArrayList<>();
        for (int at = 0; at < coded.length(); at += readBytes) {
            reads.add(new Frame(reads.size(), coded.slice(at, Math.min(coded.length(), at + readBytes))));
        }
        return reads;
    }
}
