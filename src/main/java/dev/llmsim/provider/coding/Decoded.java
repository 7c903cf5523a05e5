package dev.llmsim.provider.coding;

import dev.llmsim.exchange.Frame;
import java.util.List;

/** What became of a body when its content coding was undone. */
public sealed interface Decoded {
    /**
     * The plain bytes.
     *
     * @param reads each with the offset of the read that completed it
     * @param complete false where the coded bytes ended before their end mark: {@code reads} is what could be decoded
     */
    record Plain(List<Frame> reads, boolean complete) implements Decoded {
        public Plain {
            reads = List.copyOf(reads);
        }
    }

    /**
     * Broken, unknown, cut short before it gave a byte, or too large: the body stays as it is, and so does its {@code content-encoding}.
     *
     * @param reason what is wrong with it, and what was expected
     */
    record Undecodable(String reason) implements Decoded {}
}
