package dev.llmsim.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes requests, and refuses what the library's decoder would mend: folded header lines (RFC 9112, section 5.2), tabs in
 * the request line, and a request that has both {@code content-length} and {@code transfer-encoding} (section 6.3).
 */
final class ClientRequestDecoder extends HttpRequestDecoder {
    private boolean inBody;
    private boolean folded;
    private boolean oddSpace;
    private boolean inLine;
    private boolean lineDone;
    private int previous = ' ';

    ClientRequestDecoder(Limits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxHeadBytes())
                .setMaxHeaderSize(limits.maxHeadBytes())
                .setMaxChunkSize(1 << 20));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int from = in.readerIndex();
        int produced = out.size();
        boolean wasInBody = inBody;
        super.decode(ctx, in, out);
        if (!wasInBody) {
            scan(in, from, in.readerIndex());
        }
        for (int i = produced; i < out.size(); i++) {
            note(out.get(i));
        }
    }

    private void note(Object decoded) {
        if (decoded instanceof HttpRequest request) {
            inBody = true;
            if (folded) {
                refuse(request, "a header line is folded over two lines");
            } else if (oddSpace) {
                refuse(request, "the request line has white space other than single bytes 0x20");
            }
            folded = false;
            oddSpace = false;
            inLine = false;
            lineDone = false;
            previous = ' ';
        }
        if (decoded instanceof LastHttpContent) {
            inBody = false;
        }
    }

    private static void refuse(HttpRequest request, String why) {
        if (request.decoderResult().isSuccess()) {
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(why)));
        }
    }

    /** Looks for what the library overlooks in the bytes that were just taken as part of a head. */
    private void scan(ByteBuf in, int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = in.getByte(i);
            if (previous == '\n' && (next == ' ' || next == '\t')) {
                folded = true;
            }
            if (!lineDone) {
                scanRequestLine(next);
            }
            previous = next;
        }
    }

    /** The library takes tabs and other controls for spaces (RFC 9112, section 3, warns of that). */
    private void scanRequestLine(byte next) {
        if (inLine && next == '\n') {
            lineDone = true;
        } else if (inLine && (next == '\t' || next == 0x0b || next == '\f' || previous == '\r')) {
            oddSpace = true;
        }
        inLine |= next > ' ' || next < 0;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("the request has both content-length and transfer-encoding");
    }
}
