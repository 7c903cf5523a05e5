package dev.llmsim.provider.coding.brotli;

import dev.llmsim.provider.coding.stream.History;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A compressed metablock (RFC 7932, sections 9.2 and 9.3): literals, and copies of what was before, in turns. */
final class MetaBlock {
    private static final int LITERALS = 256;
    private static final int LITERAL_CONTEXTS = 64;
    private static final int DISTANCE_CONTEXTS = 4;

    private final BitInput bits;
    private final Distances distances;
    private final BlockSwitch literalBlocks;
    private final BlockSwitch commandBlocks;
    private final BlockSwitch distanceBlocks;
    private final Distances.Parameters distanceParameters;
    private final LiteralContext[] literalContexts;
    private final ContextMap literalMap;
    private final ContextMap distanceMap;
    private final PrefixCode[] literalCodes;
    private final PrefixCode[] commandCodes;
    private final PrefixCode[] distanceCodes;
    private int leftBytes;
    private int literalsLeft;
    private @Nullable CommandCode command;

    /** Reads the header after its length. */
    MetaBlock(BitInput bits, Distances distances, int bytes) throws IOException {
        this.bits = bits;
        this.distances = distances;
        this.leftBytes = bytes;
        literalBlocks = new BlockSwitch(bits);
        commandBlocks = new BlockSwitch(bits);
        distanceBlocks = new BlockSwitch(bits);
        distanceParameters = Distances.Parameters.read(bits);
        literalContexts = new LiteralContext[literalBlocks.types()];
        for (int i = 0; i < literalContexts.length; i++) {
            literalContexts[i] = LiteralContext.read(bits);
        }
        literalMap = new ContextMap(bits, literalBlocks.types(), LITERAL_CONTEXTS);
        distanceMap = new ContextMap(bits, distanceBlocks.types(), DISTANCE_CONTEXTS);
        literalCodes = codes(literalMap.codes(), LITERALS);
        commandCodes = codes(commandBlocks.types(), CommandCode.ALPHABET);
        distanceCodes = codes(distanceMap.codes(), distanceParameters.alphabet());
    }

    private PrefixCode[] codes(int count, int alphabet) throws IOException {
        PrefixCodeReader reader = new PrefixCodeReader(bits);
        PrefixCode[] codes = new PrefixCode[count];
        for (int i = 0; i < count; i++) {
            codes[i] = reader.read(alphabet);
        }
        return codes;
    }

    boolean isDone() {
        return leftBytes == 0 && literalsLeft == 0;
    }

    /** Decodes one command, or one literal, or one copy. */
    void step(History out) throws IOException {
        if (command == null) {
            command = CommandCode.read(commandCodes[commandBlocks.next(bits)].read(bits), bits);
            literalsLeft = command.insertBytes();
            use(literalsLeft);
        } else if (literalsLeft > 0) {
            literal(out);
            literalsLeft--;
        } else {
            copy(command, out);
            command = null;
        }
    }

    /** Takes {@code count} off what the metablock still has to give; literals are taken off when they are announced. */
    private void use(int count) throws IOException {
        if (count > leftBytes) {
            throw new IOException("brotli: a command for more bytes than its metablock has");
        }
        leftBytes -= count;
    }

    private void literal(History out) throws IOException {
        int type = literalBlocks.next(bits);
        int context = literalContexts[type].of(out.back(1), out.back(2));
        out.put(literalCodes[literalMap.code(type, context)].read(bits));
    }

    private void copy(CommandCode current, History out) throws IOException {
        int code = 0;
        if (!current.sameDistance()) {
            int type = distanceBlocks.next(bits);
            code = distanceCodes[distanceMap.code(type, current.distanceContext())].read(bits);
        }
        int distance = code == 0 ? distances.last() : distances.read(code, distanceParameters, bits);
        if (distance > out.reachBytes()) {
            byte[] word = Dictionary.word(current.copyBytes(), distance - out.reachBytes() - 1);
            use(word.length);
            out.put(word, 0, word.length);
            return;
        }
        use(current.copyBytes());
        out.copy(distance, current.copyBytes());
        if (code != 0) {
            distances.remember(distance);
        }
    }
}
