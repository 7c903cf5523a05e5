package dev.llmsim.provider.coding.stream;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is decoded in steps as small as its coding allows. What a step has decoded can be read before any more input is asked for,
 * also where the input then turns out to be cut short or broken.
 */
public abstract class SteppedStream extends InputStream {
    private final InputStream source;
    protected final CodedInput in;
    protected final History out = new History();
    private @Nullable IOException failure;
    private boolean ended;

    protected SteppedStream(InputStream source) {
        this.source = source;
        this.in = new CodedInput(source);
    }

    /**
     * Decodes on. May add nothing to {@code out}; once it has added something it does not ask the source for more.
     *
     * @return false at the end of the stream
     * @throws java.io.EOFException where the input ends first
     * @throws IOException where the input is broken
     */
    protected abstract boolean step() throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (out.unreadBytes() == 0 && failure == null && !ended) {
            advance();
        }
        if (out.unreadBytes() > 0) {
            return out.read(target, from, length);
        }
        if (failure != null) {
            throw failure;
        }
        return -1;
    }

    @Override
    public final int available() {
        return ended || failure != null ? out.unreadBytes() : Math.max(1, out.unreadBytes());
    }

    private void advance() {
        try {
            ended = !step();
        } catch (IOException e) {
            failure = e;
        } catch (IndexOutOfBoundsException e) {
            failure = new IOException("a number in it is out of range: " + e.getMessage(), e);
        }
    }

    @Override
    public final void close() throws IOException {
        source.close();
    }
}
