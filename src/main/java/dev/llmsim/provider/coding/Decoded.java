package dev.llmsim.provider.coding;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import java.util.List;

/** What became of a body when its content coding was undone. */
public sealed interface Decoded {
    /** The plain bytes that could be had, each with the offset of the read that made it available: a prefix unless {@link Plain}. */
    List<Frame> reads();

    /** {@link #reads}, joined. */
    default Bytes bytes() {
        return Bytes.concat(reads().stream().map(Frame::bytes).toList());
    }

    /** All of it. */
    record Plain(List<Frame> reads) implements Decoded {
        public Plain {
            reads = List.copyOf(reads);
        }
    }

    /** The coded bytes ended before their end mark: everything that could be decoded up to there. */
    record CutShort(List<Frame> reads) implements Decoded {
        public CutShort {
            reads = List.copyOf(reads);
        }
    }

    /**
     * Broken, unknown or too large.
     *
     * @param reads what came before that; of a body that is too large its first {@link ContentCoding#KEPT_OF_TOO_LARGE_BYTES}
     * @param reason what is wrong, and what was expected; never a part of the content
     */
    record Undecodable(List<Frame> reads, String reason) implements Decoded {
        public Undecodable {
            reads = List.copyOf(reads);
        }
    }
}
