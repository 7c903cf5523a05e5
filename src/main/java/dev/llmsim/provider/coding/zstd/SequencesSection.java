package dev.llmsim.provider.coding.zstd;

import dev.llmsim.provider.coding.stream.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sequences of blocks and carries them out: each puts some literals, then repeats what was before (RFC 8878, section
 * 3.1.1.3.2). Remembers tables and offsets of the last block for the next.
 */
final class SequencesSection {
    private static final int LONG_COUNT = 0x7f00;

    private final Codes literalLengths = new Codes(SequenceCode.LITERAL_LENGTH);
    private final Codes offsets = new Codes(SequenceCode.OFFSET);
    private final Codes matchLengths = new Codes(SequenceCode.MATCH_LENGTH);
    private final int[] recent = {1, 4, 8};

    /** One of the three codes, with its table and its state. */
    private static final class Codes {
        private final SequenceCode code;
        private @Nullable FseTable table;
        private int state;

        Codes(SequenceCode code) {
            this.code = code;
        }

        /** Reads the table of a block and returns where it ends. */
        int read(int mode, byte[] block, int from) throws IOException {
            switch (mode) {
                case 0 -> table = code.predefined();
                case 1 -> {
                    int symbol = block[from] & 0xff;
                    if (symbol > code.limits().maxSymbol()) {
                        throw new IOException("zstd: sequence code " + symbol);
                    }
                    table = FseTable.of(symbol);
                    return from + 1;
                }
                case 2 -> {
                    FseTable.Described described = FseTable.read(block, from, code.limits());
                    table = described.table();
                    return described.end();
                }
                default -> table();
            }
            return from;
        }

        FseTable table() throws IOException {
            if (table == null) {
                throw new IOException("zstd: sequences in the code of the block before, but there is none");
            }
            return table;
        }

        void begin(BackwardBits bits) throws IOException {
            state = table().first(bits);
        }

        int symbol() throws IOException {
            return table().symbol(state);
        }

        void next(BackwardBits bits) throws IOException {
            state = table().next(state, bits);
        }
    }

    /** Decodes the rest of {@code block} after its literals into {@code out}. */
    void apply(byte[] block, LiteralsSection.Literals literals, History out) throws IOException {
        int at = literals.end();
        int count = block[at++] & 0xff;
        if (count >= 128) {
            count = count < 255
                    ? ((count - 128) << 8) + (block[at++] & 0xff)
                    : LONG_COUNT + (int) LiteralsSection.number(block, at, 2);
            at += count >= LONG_COUNT ? 2 : 0;
        }
        if (count == 0) {
            out.put(literals.bytes(), 0, literals.bytes().length);
            return;
        }
        int modes = block[at++];
        if ((modes & 3) != 0) {
            throw new IOException("zstd: a reserved bit is set");
        }
        at = literalLengths.read((modes >> 6) & 3, block, at);
        at = offsets.read((modes >> 4) & 3, block, at);
        at = matchLengths.read((modes >> 2) & 3, block, at);
        apply(count, new BackwardBits(block, at, block.length), literals.bytes(), out);
    }

    private void apply(int count, BackwardBits bits, byte[] literals, History out) throws IOException {
        literalLengths.begin(bits);
        offsets.begin(bits);
        matchLengths.begin(bits);
        int used = 0;
        int total = 0;
        for (int left = count; left > 0; left--) {
            int offsetCode = offsets.symbol();
            int offsetValue = (1 << offsetCode) + bits.read(offsetCode);
            int matchLength = SequenceCode.MATCH_LENGTH.value(matchLengths.symbol(), bits);
            int literalLength = SequenceCode.LITERAL_LENGTH.value(literalLengths.symbol(), bits);
            total += literalLength + matchLength;
            if (total > ZstdStream.MAX_BLOCK_BYTES || literalLength > literals.length - used) {
                throw new IOException("zstd: sequences for more bytes than a block has");
            }
            out.put(literals, used, literalLength);
            used += literalLength;
            out.copy(distance(offsetValue, literalLength), matchLength);
            if (left > 1) {
                literalLengths.next(bits);
                matchLengths.next(bits);
                offsets.next(bits);
            }
        }
        if (bits.left() != 0) {
            throw new IOException("zstd: sequences that do not use up their bits");
        }
        out.put(literals, used, literals.length - used);
    }

    /** Values up to 3 stand for one of the three latest distances, or for the latest less 1. */
    private int distance(int value, int literalLength) {
        if (value > 3 || value < 0) {
            return remember(value - 3, 2);
        }
        int index = value - 1 + (literalLength == 0 ? 1 : 0);
        return index == 3 ? remember(recent[0] - 1, 2) : remember(recent[index], index);
    }

    /** Puts {@code distance} first; the one at {@code index} gives way. */
    private int remember(int distance, int index) {
        for (int i = index; i > 0; i--) {
            recent[i] = recent[i - 1];
        }
        recent[0] = distance;
        return distance;
    }

    /** The tables that a format's author predefined cannot be wrong. */
    static FseTable predefined(int accuracyBits, int... probabilities) {
        try {
            return FseTable.of(accuracyBits, probabilities);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
