package dev.llmsim.provider.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

/** What we write, our framer and AWS's own decoder read; what AWS writes, we write alike. */
class AwsEventStreamPropertyTest {
    private static final int[] VALUE_BYTES = {0, 0, 1, 2, 4, 8, -1, -1, 8, 16};

    @Property(tries = 200)
    void whatIsWrittenIsReadHoweverItIsCut(
            @ForAll("messages") @Size(max = 5) List<EventStreamMessage> messages,
            @ForAll @IntRange(min = 1, max = 97) int read) {
        Bytes stream =
                Bytes.concat(messages.stream().map(EventStreamMessage::encode).toList());
        Framer framer = Framers.forContentType(EventStreamMessage.MEDIA_TYPE);
        MessageDecoder decoder = new MessageDecoder();
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < stream.length(); at += read) {
            Bytes slice = stream.slice(at, Math.min(stream.length(), at + read));
            frames.addAll(framer.feed(slice, at));
            decoder.feed(slice.toArray());
        }

        assertThat(framer.finish()).isEmpty();
        assertThat(frames)
                .extracting(frame -> EventStreamMessage.parse(frame.bytes()).orElseThrow())
                .containsExactlyElementsOf(messages);
        assertThat(decoder.getDecodedMessages())
                .extracting(AwsEventStreamPropertyTest::ours)
                .containsExactlyElementsOf(messages.stream()
                        .map(AwsEventStreamPropertyTest::byName)
                        .toList());
    }

    @Property(tries = 200)
    void awsEncodesToTheSameBytes(@ForAll("message") EventStreamMessage message) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        Message.decode(message.encode().asByteBuffer()).getHeaders().forEach(headers::put);
        List<EventStreamHeader> inTheirOrder = headers.keySet().stream()
                .map(name -> message.headers().stream()
                        .filter(header -> header.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
        ByteBuffer theirs = new Message(headers, message.payload().toArray()).toByteBuffer();

        assertThat(new EventStreamMessage(inTheirOrder, message.payload()).encode())
                .isEqualTo(Bytes.wrap(bytes(theirs)));
    }

    @Example
    void awsReadsBytesAndShorts() {
        EventStreamHeader one = new EventStreamHeader("b", 2, Bytes.wrap(new byte[] {-7}));
        EventStreamHeader two = new EventStreamHeader("s", 3, Bytes.wrap(new byte[] {1, 2}));
        Message message = Message.decode(
                new EventStreamMessage(List.of(one, two), Bytes.EMPTY).encode().asByteBuffer());

        assertThat(message.getHeaders())
                .hasEntrySatisfying("b", value -> assertThat(value.getByte()).isEqualTo((byte) -7));
        assertThat(message.getHeaders())
                .hasEntrySatisfying("s", value -> assertThat(value.getShort()).isEqualTo((short) 0x102));
    }

    @Property(tries = 200)
    void oneWrongBitIsNoticed(@ForAll("message") EventStreamMessage message, @ForAll @IntRange(min = 0) int bit) {
        byte[] wire = message.encode().toArray();
        int at = bit % (wire.length * 8);
        wire[at / 8] ^= (byte) (1 << at % 8);

        assertThat(EventStreamMessage.parse(Bytes.wrap(wire))).isEmpty();
    }

    @Provide
    static Arbitrary<EventStreamMessage> message() {
        Arbitrary<List<EventStreamHeader>> headers =
                header().list().uniqueElements(EventStreamHeader::name).ofMaxSize(6);
        Arbitrary<Bytes> payload =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(600).map(Bytes::copyOf);
        return Combinators.combine(headers, payload).as(EventStreamMessage::new);
    }

    @Provide
    static Arbitrary<List<EventStreamMessage>> messages() {
        return message().list().ofMaxSize(5);
    }

    /**
     * What AWS's encoder takes: it forgets the values of one byte and of two, so that it cannot be compared with, and refuses
     * empty ones.
     */
    private static Arbitrary<EventStreamHeader> header() {
        Arbitrary<String> name =
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(255);
        return Combinators.combine(name, Arbitraries.of(0, 1, 4, 5, 6, 7, 8, 9))
                .flatAs((text, type) -> value(type).map(value -> new EventStreamHeader(text, type, value)));
    }

    private static Arbitrary<Bytes> value(int type) {
        if (type == EventStreamHeader.STRING) {
            return Arbitraries.strings()
                    .excludeChars('\uFFFF')
                    .withCharRange('\u0000', '\uD7FF')
                    .ofMinLength(1)
                    .ofMaxLength(100)
                    .map(Bytes::utf8);
        }
        int bytes = VALUE_BYTES[type];
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(bytes < 0 ? 1 : bytes)
                .ofMaxSize(bytes < 0 ? 300 : bytes)
                .map(Bytes::copyOf);
    }

    /** AWS's message as ours, its headers by name. */
    private static EventStreamMessage ours(Message message) {
        Bytes wire = Bytes.wrap(bytes(message.toByteBuffer()));
        return byName(EventStreamMessage.parse(wire).orElseThrow());
    }

    private static EventStreamMessage byName(EventStreamMessage message) {
        List<EventStreamHeader> sorted = message.headers().stream()
                .sorted(Comparator.comparing(EventStreamHeader::name))
                .toList();
        return new EventStreamMessage(sorted, message.payload());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
