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
 * Decodes requests, and refuses what the library's decoder would mend: folded header lines (RFC 9112, section 5.2), and a
 * request that has both {@code content-length} and {@code transfer-encoding} (section 6.3).
 */
final class ClientRequestDecoder extends HttpRequestDecoder {
    private boolean inBody;
    private boolean folded;
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
            if (folded && request.decoderResult().isSuccess()) {
                request.setDecoderResult(
                        DecoderResult.failure(new IllegalArgumentException("a header line is folded over two lines")));
            }
            folded = false;
            previous = ' ';
        }
        if (decoded instanceof LastHttpContent) {
            inBody = false;
        }
    }

    /** Looks for a line that begins with white space in the bytes that were just taken as part of a head. */
    private void scan(ByteBuf in, int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = in.getByte(i);
            if (previous == '\n' && (next == ' ' || next == '\t')) {
                folded = true;
            }
            previous = next;
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("the request has both content-length and transfer-encoding");
    }
}
