package dev.llmsim.provider.coding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was flushed by upstream is decoded with the read that brought it, whatever the coding. */
class IncrementalDecodingTest {
    private static List<String> events(int count) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add("data: {\"id\":\"chatcmpl-9f3a\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"wörd "
                    + i * 7919 + "\"}}]}\n\n");
        }
        events.add("data: [DONE]\n\n");
        return events;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "br-0",
                "br-1",
                "br-4",
                "br-5",
                "br-9",
                "br-11",
                "zstd-1",
                "zstd-3",
                "zstd-19",
                "gzip",
                "deflate",
                "deflate-raw"
            })
    void eachFlushedEventHasTheOffsetOfItsRead(String encoder) throws IOException {
        FlushedStream stream = FlushedStream.of(encoder, events(40));
        Decoded decoded = ContentCoding.decode(stream.reads(), FlushedStream.coding(encoder));
        assertThat(decoded).isInstanceOf(Decoded.Plain.class);
        List<Frame> expected = new ArrayList<>();
        for (String event : stream.events()) {
            expected.add(new Frame(1000L * (expected.size() + 1), Bytes.utf8(event)));
        }
        assertThat(decoded.reads()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br-0", "br-5", "br-11", "zstd-3", "zstd-19", "gzip", "deflate", "deflate-raw"})
    void inReadsOfOneByteEachEventIsCompleteAtOrBeforeItsFlush(String encoder) throws IOException {
        FlushedStream stream = FlushedStream.of(encoder, events(12));
        Decoded decoded = ContentCoding.decode(FlushedStream.split(stream.coded(), 1), FlushedStream.coding(encoder));
        assertThat(decoded.bytes().utf8()).isEqualTo(stream.text());
        for (int event = 0; event < stream.events().size(); event++) {
            assertThat(completedAt(decoded, stream.plainEnd(event)))
                    .as("event %d", event)
                    .isGreaterThan(event == 0 ? 0 : stream.flushedAt(event - 1))
                    .isLessThanOrEqualTo(stream.flushedAt(event));
        }
    }

    private static long completedAt(Decoded decoded, int plainEnd) {
        int total = 0;
        for (Frame read : decoded.reads()) {
            total += read.bytes().length();
            if (total >= plainEnd) {
                return read.offsetMicros();
            }
        }
        return -1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"br-0", "br-5", "br-11", "zstd-3", "zstd-19", "gzip", "deflate", "deflate-raw"})
    void aStreamThatIsCutAnywhereGivesWhatHadBeenFlushed(String encoder) throws IOException {
        FlushedStream stream = FlushedStream.of(encoder, events(8));
        Bytes coded = stream.coded();
        int end = FlushedStream.coding(encoder).equals("br") ? coded.length() - 1 : coded.length();
        for (int cut = 1; cut < end; cut++) {
            for (int readBytes : List.of(1, 7, 100_000)) {
                Decoded decoded = ContentCoding.decode(
                        FlushedStream.split(coded.slice(0, cut), readBytes), FlushedStream.coding(encoder));
                assertThat(decoded).as("cut at %d", cut).isInstanceOf(Decoded.CutShort.class);
                byte[] plain = decoded.bytes().toArray();
                assertThat(Bytes.utf8(stream.text()).slice(0, plain.length)).isEqualTo(decoded.bytes());
                assertThat(plain.length).as("cut at %d", cut).isGreaterThanOrEqualTo(flushedBefore(stream, cut));
            }
        }
    }

    private static int flushedBefore(FlushedStream stream, int cut) {
        int plain = 0;
        for (int event = 0; event < stream.events().size() && stream.flushedAt(event) <= cut; event++) {
            plain = stream.plainEnd(event);
        }
        return plain;
    }

    @ParameterizedTest
    @ValueSource(strings = {"br-5", "zstd-3", "gzip", "deflate-raw"})
    void aByteThatWasChangedAnywhereEndsInAnOutcomeAndKeepsWhatCameBefore(String encoder) throws IOException {
        FlushedStream stream = FlushedStream.of(encoder, events(8));
        byte[] coded = stream.coded().toArray();
        for (int at = 0; at < coded.length; at++) {
            byte[] broken = coded.clone();
            broken[at] ^= (byte) 0x55;
            Decoded decoded =
                    ContentCoding.decode(FlushedStream.split(Bytes.wrap(broken), 64), FlushedStream.coding(encoder));
            int sound = flushedBefore(stream, at);
            assertThat(decoded.bytes().length()).as("changed at %d", at).isGreaterThanOrEqualTo(sound);
            assertThat(decoded.bytes().slice(0, sound))
                    .isEqualTo(Bytes.utf8(stream.text()).slice(0, sound));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br-5", "zstd-3", "gzip"})
    void garbageAfterTheEndLeavesTheTextWhole(String encoder) throws IOException {
        FlushedStream stream = FlushedStream.of(encoder, events(3));
        Bytes coded = Bytes.concat(List.of(stream.coded(), Bytes.utf8("garbage after the end")));
        for (int readBytes : List.of(1, 9, 100_000)) {
            Decoded decoded =
                    ContentCoding.decode(FlushedStream.split(coded, readBytes), FlushedStream.coding(encoder));
            assertThat(decoded).isInstanceOf(encoder.equals("gzip") ? Decoded.Plain.class : Decoded.Undecodable.class);
            assertThat(decoded.bytes().utf8()).isEqualTo(stream.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br-5, gzip", "gzip, zstd-3", "zstd-3, br-5"})
    void stackedCodingsKeepTheOffsets(String encoders) throws IOException {
        String[] both = encoders.split(", ");
        FlushedStream inner = FlushedStream.of(both[0], events(9));
        FlushedStream outer = FlushedStream.ofBytes(both[1], inner.chunks());
        String header = FlushedStream.coding(both[0]) + ", " + FlushedStream.coding(both[1]);
        Decoded decoded = ContentCoding.decode(outer.reads(), header);
        assertThat(decoded).isInstanceOf(Decoded.Plain.class);
        assertThat(decoded.reads().stream().map(read -> read.bytes().utf8())).isEqualTo(inner.events());
        assertThat(decoded.reads().get(4).offsetMicros()).isEqualTo(5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br-5", "zstd-3", "gzip"})
    void aBombIsStoppedAndItsBeginningKept(String encoder) throws IOException {
        FlushedStream bomb = FlushedStream.of(encoder, List.of("0".repeat(8_000_000)));
        String coding = FlushedStream.coding(encoder);
        Decoded decoded = ContentCoding.decode(FlushedStream.split(bomb.coded(), 1000), coding, 4_000_000);
        assertThat(((Decoded.Undecodable) decoded).reason()).contains("more than 4000000 bytes");
        assertThat(decoded.bytes().utf8()).isEqualTo("0".repeat(ContentCoding.KEPT_OF_TOO_LARGE_BYTES));
    }
}
