package dev.llmsim.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FrameCursorTest {
    @Property(tries = 200)
    void buffersJoinedAreTheDueFramesJoinedAndNoneIsLargerThanTheLimit(
            @ForAll @Size(max = 20) List<@IntRange(max = 200_000) Integer> sizes,
            @ForAll @IntRange(max = 20) int stop) {
        Random random = new Random(sizes.hashCode());
        List<Frame> frames = new ArrayList<>();
        for (int size : sizes) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            frames.add(new Frame(0, Bytes.wrap(bytes)));
        }
        FrameCursor cursor = new FrameCursor(frames);
        ByteArrayOutputStream taken = new ByteArrayOutputStream();

        cursor.dueUpTo(Math.min(stop, frames.size()));
        takeAll(cursor, taken);
        assertThat(taken.size()).isEqualTo(cursor.takenBytes());
        assertThat(Bytes.wrap(taken.toByteArray()))
                .isEqualTo(Bytes.concat(
                        frames.stream().limit(stop).map(Frame::bytes).toList()));

        cursor.dueUpTo(frames.size());
        takeAll(cursor, taken);
        assertThat(Bytes.wrap(taken.toByteArray()))
                .isEqualTo(Bytes.concat(frames.stream().map(Frame::bytes).toList()));
    }

    private static void takeAll(FrameCursor cursor, ByteArrayOutputStream taken) {
        while (cursor.hasDue()) {
            ByteBuf buffer = cursor.take(UnpooledByteBufAllocator.DEFAULT);
            try {
                assertThat(buffer.readableBytes()).isBetween(1, FrameCursor.BUFFER_BYTES);
                byte[] bytes = new byte[buffer.readableBytes()];
                buffer.readBytes(bytes);
                taken.writeBytes(bytes);
            } finally {
                buffer.release();
            }
        }
    }
}
