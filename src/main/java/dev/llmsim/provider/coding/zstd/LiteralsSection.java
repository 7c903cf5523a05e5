package dev.llmsim.provider.coding.zstd;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the literals of blocks (RFC 8878, section 3.1.1.3.1). Remembers the code of the last block for the next. */
final class LiteralsSection {
    private static final int RLE = 1;
    private static final int TREELESS = 3;
    private static final int JUMP_TABLE_BYTES = 6;

    private @Nullable HuffmanTable code;

    /** The literals of one block, and where they end in it. */
    static final class Literals {
        private final byte[] bytes;
        private final int end;

        Literals(byte[] bytes, int end) {
            this.bytes = bytes;
            this.end = end;
        }

        byte[] bytes() {
            return bytes;
        }

        int end() {
            return end;
        }
    }

    Literals read(byte[] block) throws IOException {
        int type = block[0] & 3;
        int format = (block[0] >> 2) & 3;
        return type <= RLE ? plain(block, type, format) : coded(block, type, format);
    }

    private static Literals plain(byte[] block, int type, int format) throws IOException {
        int headerBytes = format == 1 ? 2 : format == 3 ? 3 : 1;
        int size = (int) (number(block, 0, headerBytes) >> (headerBytes == 1 ? 3 : 4));
        requireFits(size);
        if (type == RLE) {
            byte[] literals = new byte[size];
            Arrays.fill(literals, block[headerBytes]);
            return new Literals(literals, headerBytes + 1);
        }
        int end = headerBytes + size;
        requireInside(end, block);
        return new Literals(Arrays.copyOfRange(block, headerBytes, end), end);
    }

    private Literals coded(byte[] block, int type, int format) throws IOException {
        int headerBytes = format < 2 ? 3 : format + 2;
        int sizeBits = format < 2 ? 10 : format == 2 ? 14 : 18;
        long header = number(block, 0, headerBytes) >> 4;
        int size = (int) (header & ((1 << sizeBits) - 1));
        int end = headerBytes + (int) (header >> sizeBits);
        requireFits(size);
        requireInside(end, block);
        int from = headerBytes;
        if (type != TREELESS) {
            HuffmanTable.Described described = HuffmanTable.read(block, from);
            code = described.table();
            from = described.end();
        }
        if (code == null) {
            throw new IOException("zstd: literals in the code of the block before, but there is none");
        }
        byte[] literals = new byte[size];
        if (format == 0) {
            code.decode(new BackwardBits(block, from, end), literals, 0, size);
        } else {
            fourStreams(code, block, from, new Literals(literals, end));
        }
        return new Literals(literals, end);
    }

    private static void fourStreams(HuffmanTable code, byte[] block, int tableAt, Literals target) throws IOException {
        int from = tableAt + JUMP_TABLE_BYTES;
        int size = target.bytes().length;
        int quarter = (size + 3) / 4;
        for (int i = 0; i < 4; i++) {
            int to = i == 3 ? target.end() : from + (int) number(block, tableAt + 2 * i, 2);
            requireInside(to, block);
            int last = i == 3 ? size : Math.min(size, (i + 1) * quarter);
            code.decode(new BackwardBits(block, from, to), target.bytes(), Math.min(size, i * quarter), last);
            from = to;
        }
    }

    private static void requireFits(int size) throws IOException {
        if (size > ZstdStream.MAX_BLOCK_BYTES) {
            throw new IOException(
                    "zstd: " + size + " literals in a block (expected: at most " + ZstdStream.MAX_BLOCK_BYTES + ")");
        }
    }

    private static void requireInside(int end, byte[] block) throws IOException {
        if (end > block.length) {
            throw new IOException("zstd: literals up to byte " + end + " of a block of " + block.length);
        }
    }

    static long number(byte[] bytes, int from, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number |= (bytes[from + i] & 0xffL) << (8 * i);
        }
        return number;
    }
}
