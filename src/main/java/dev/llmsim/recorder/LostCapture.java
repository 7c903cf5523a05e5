package dev.llmsim.recorder;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.ResponseHead;

/** Keeps nothing: stands for an exchange that was given up before it began. */
final class LostCapture implements Capture {
    @Override
    public boolean requestBytes(Bytes chunk) {
        return true;
    }

    @Override
    public void requestSent(long nanos) {}

    @Override
    public void responseHead(ResponseHead head, Framing framing, long declaredBytes, long nanos) {}

    @Override
    public boolean responseBytes(Bytes chunk, long nanos) {
        return true;
    }

    @Override
    public void trailers(Headers trailers) {}

    @Override
    public void seal(Ending ending, long nanos) {}

    @Override
    public void giveUp(String reason) {}
}
