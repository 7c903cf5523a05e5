package dev.llmsim.gateway.playback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.timing.Pace;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How answers end on real connections, seen by a client that tells FIN from RST. */
class PlaybackWireTest {
    private static final String GET = "GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final List<Ending> RESETS = List.of(Ending.UPSTREAM_RESET, Ending.CLIENT_CANCELLED, Ending.TIMEOUT);

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    /** Where it can, it resets when all has been received; the other resets after half a second, which a busy client may not keep up with. */
    private final EventLoopGroup patient = new MultiThreadIoEventLoopGroup(
            1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

    private final List<Channel> accepted = new CopyOnWriteArrayList<>();
    private final List<Played> played = new CopyOnWriteArrayList<>();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        patient.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    static Stream<Arguments> everyEndingInEveryFraming() {
        return Stream.of(Ending.values())
                .flatMap(ending -> Stream.of(Framing.values())
                        .flatMap(framing -> Stream.of(Pace.INSTANT, new Pace.Scale(0.5))
                                .flatMap(pace -> IntStream.of(7, 3_000_000)
                                        .mapToObj(bytes -> Arguments.of(ending, framing, pace, bytes)))));
    }

    @ParameterizedTest
    @MethodSource("everyEndingInEveryFraming")
    void endsAfterTheSameByteInTheSameWay(Ending ending, Framing framing, Pace pace, int bodyBytes) throws Exception {
        String body = letters(bodyBytes);
        Answer answer = Answer.of(body.substring(0, 3), body.substring(3, 5), body.substring(5))
                .framing(framing)
                .declaredBytes(framing == Framing.LENGTH ? bodyBytes + 10L : -1)
                .ending(ending);
        int port = bodyBytes < 1000 ? serve(pace, answer, true) : servePatiently(pace, answer);

        try (RawClient client = new RawClient(port)) {
            RawClient.Seen seen = client.send(GET.replace("host: x", "host: x\r\nconnection: close"))
                    .readToTheEnd();

            assertThat(seen.body()).hasSize(bodyBytes).isEqualTo(body);
            assertThat(seen.reset()).isEqualTo(RESETS.contains(ending));
            assertThat(seen.isChunked()).isEqualTo(framing == Framing.CHUNKED);
            assertThat(seen.isChunked() && seen.hasLastChunk())
                    .isEqualTo(framing == Framing.CHUNKED && ending == Ending.COMPLETE);
            if (framing == Framing.LENGTH) {
                long length = ending == Ending.COMPLETE ? bodyBytes : bodyBytes + 10L;
                assertThat(seen.head()).contains("content-length: " + length);
            }
        }
        await().until(() -> done.get() == 1);
        assertThat(played).singleElement().satisfies(one -> {
            assertThat(one.bodyBytes()).isEqualTo(bodyBytes);
            assertThat(one.clientLeft()).isFalse();
        });
    }

    /** Only Linux tells what a client's system has acknowledged. */
    @EnabledOnOs(OS.LINUX)
    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"UPSTREAM_RESET", "CLIENT_CANCELLED", "TIMEOUT"})
    void aResetWaitsForAClientThatReadsLate(Ending ending) throws Exception {
        String body = letters(60_000);
        int port = servePatiently(
                Pace.INSTANT, Answer.of(body).framing(Framing.CLOSE).ending(ending));

        try (RawClient client = new RawClient(port)) {
            client.send(GET);
            await().until(() -> accepted.size() == 1);
            await().during(Duration.ofMillis(200)).until(() -> done.get() == 0);
            RawClient.Seen seen = client.readToTheEnd();

            assertThat(seen.body()).isEqualTo(body);
            assertThat(seen.reset()).isTrue();
        }
    }

    @Test
    void aPageElsewhereMayReadIt() throws Exception {
        int port = serve(Pace.INSTANT, Answer.of("{}"), true);

        try (RawClient client = new RawClient(port)) {
            client.send(GET.replace("host: x", "host: x\r\nconnection: close\r\norigin: https://page.example"));
            assertThat(client.readToTheEnd().head()).contains("access-control-allow-origin: *");
        }
    }

    static Stream<Arguments> endingsWithoutAHead() {
        return Stream.of(
                Arguments.of(Ending.UPSTREAM_TRUNCATED, false),
                Arguments.of(Ending.UPSTREAM_RESET, true),
                Arguments.of(Ending.CLIENT_CANCELLED, true));
    }

    @ParameterizedTest
    @MethodSource("endingsWithoutAHead")
    void withoutAHeadNotOneByteIsSent(Ending ending, boolean reset) throws Exception {
        int port = serve(Pace.INSTANT, Answer.of().withoutHead().ending(ending), true);

        try (RawClient client = new RawClient(port)) {
            assertThat(client.send(GET).readToTheEnd()).isEqualTo(new RawClient.Seen("", reset));
        }
    }

    @Test
    void unreadBytesOfTheClientTurnNoFinIntoAReset() throws Exception {
        String body = letters(60_000);
        int port = serve(Pace.RECORDED, Answer.of(body).framing(Framing.CLOSE), false);

        try (RawClient client = new RawClient(port)) {
            // The server reads once and no more: these bytes lie unread in its kernel when it ends the connection, and
            // most of the body still lies there, too.
            client.send(GET).read(15);
            client.send(letters(20_000));
            await().until(() -> ((SocketChannel) accepted.get(0)).isOutputShutdown());
            RawClient.Seen seen = client.readToTheEnd();

            assertThat(seen.reset()).isFalse();
            assertThat(seen.body()).isEqualTo(body);
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsNoMoreThanTwoBuffersAndThenGetsEveryByte() throws Exception {
        String body = letters(24_000_000);
        int port = serve(Pace.INSTANT, Answer.of(body.substring(0, 100), body.substring(100)), true);

        try (RawClient client = new RawClient(port)) {
            client.send(GET.replace("host: x", "host: x\r\nconnection: close"));
            await().until(() -> accepted.size() == 1 && !accepted.get(0).isWritable());
            // A second look, a turn of the loop later, after whatever the kernel would still take.
            for (int turn = 0; turn < 100; turn++) {
                assertThat(pendingBytes(accepted.get(0))).isLessThan(2L * FrameCursor.BUFFER_BYTES + 4_096);
            }
            assertThat(done).hasValue(0);

            RawClient.Seen seen = client.readToTheEnd();
            assertThat(seen.body().equals(body)).isTrue();
            assertThat(seen.hasLastChunk()).isTrue();
        }
    }

    @Test
    void aClientThatLeavesWhileItIsNotReadingEndsThePlayback() throws Exception {
        int port = serve(Pace.INSTANT, Answer.of(letters(24_000_000)), true);

        try (RawClient client = new RawClient(port)) {
            client.send(GET);
            await().until(() -> accepted.size() == 1 && !accepted.get(0).isWritable());
        }

        await().until(() -> done.get() == 1);
        assertThat(played)
                .singleElement()
                .satisfies(one -> assertThat(one.clientLeft()).isTrue());
    }

    @Test
    void oneConnectionTakesManyAnswers() throws Exception {
        int port = serve(Pace.INSTANT, Answer.of("one", "two"), true);

        try (RawClient client = new RawClient(port)) {
            String first = client.send(GET).read(15);
            for (int i = 0; i < 50; i++) {
                client.send(GET);
            }
            client.send(GET.replace("host: x", "host: x\r\nconnection: close"));
            RawClient.Seen rest = client.readToTheEnd();

            assertThat((first + rest.text()).split("6\r\nonetwo\r\n0\r\n\r\n", -1))
                    .hasSize(53);
            assertThat(rest.reset()).isFalse();
        }
        assertThat(accepted).hasSize(1);
    }

    private long pendingBytes(Channel channel) throws Exception {
        return channel.eventLoop()
                .submit(() -> {
                    var pending = channel.unsafe().outboundBuffer();
                    return pending == null ? 0L : pending.totalPendingWriteBytes();
                })
                .get();
    }

    private int servePatiently(Pace pace, Answer answer) {
        Class<? extends ServerChannel> kind =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        return serve(new Transport(patient, kind), pace, answer, true);
    }

    private int serve(Pace pace, Answer answer, boolean autoRead) {
        return serve(new Transport(loops, NioServerSocketChannel.class), pace, answer, autoRead);
    }

    private record Transport(EventLoopGroup group, Class<? extends ServerChannel> kind) {}

    private int serve(Transport transport, Pace pace, Answer answer, boolean autoRead) {
        PlaybackWriter writer = new PlaybackWriter(pace, (request, status, message) -> answer.response(), played::add);
        Channel server = new ServerBootstrap()
                .group(transport.group())
                .channel(transport.kind())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accepted.add(channel);
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new PlayingHandler(
                                                writer,
                                                request -> {
                                                    channel.config().setAutoRead(autoRead);
                                                    return answer.decision();
                                                },
                                                done));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private static String letters(int count) {
        byte[] letters = new byte[count];
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            letters[i] = (byte) ('a' + random.nextInt(26));
        }
        return new String(letters, ISO_8859_1);
    }
}
