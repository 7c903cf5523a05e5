package dev.llmsim.gateway.connection;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What the kernel still holds of the bytes that were written to a connection (Linux: {@code TCP_INFO}). */
final class SendQueue {
    private static final int SOL_TCP = 6;
    private static final int TCP_INFO = 11;

    /** Offsets in {@code struct tcp_info} of linux/tcp.h; fields are only ever added behind. */
    private static final int UNACKED_AT = 24;

    private static final int NOT_SENT_AT = 144;
    private static final int LENGTH = 148;

    private static final RawUnixChannelOption INFO =
            new RawUnixChannelOption("llmsim#TCP_INFO", SOL_TCP, TCP_INFO, LENGTH);

    private SendQueue() {}

    /** More than zero while anything is not sent, or sent and not acknowledged. */
    static long bytes(EpollSocketChannel channel) {
        ByteBuffer info = channel.config().getOption(INFO);
        if (info == null || info.limit() < LENGTH) {
            return 0;
        }
        ByteBuffer fields = info.order(ByteOrder.nativeOrder());
        return Integer.toUnsignedLong(fields.getInt(UNACKED_AT)) + Integer.toUnsignedLong(fields.getInt(NOT_SENT_AT));
    }
}
