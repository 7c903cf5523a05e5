package dev.llmsim.gateway;

import io.netty.channel.Channel;
import java.util.EnumSet;

/** Reads from a channel only while nobody objects. On the channel's loop only. */
final class ReadGate {
    /** Why a channel is not read. */
    enum Reason {
        /** The connection that its bytes go to does not take more at present. */
        PEER,
        /** A fault pauses the answer. */
        FAULT,
        /** The recorder is behind. */
        RECORDER,
        /** The connection that its bytes go to is not open yet. */
        CONNECTING,
        /** Enough requests wait already. */
        PIPELINE
    }

    private final Channel channel;
    private final EnumSet<Reason> objections = EnumSet.noneOf(Reason.class);

    ReadGate(Channel channel) {
        this.channel = channel;
    }

    void hold(Reason reason) {
        if (objections.add(reason) && objections.size() == 1) {
            channel.config().setAutoRead(false);
        }
    }

    void release(Reason reason) {
        if (objections.remove(reason) && objections.isEmpty()) {
            channel.config().setAutoRead(true);
        }
    }

    void releaseAll() {
        if (!objections.isEmpty()) {
            objections.clear();
            channel.config().setAutoRead(true);
        }
    }

    boolean isHeld() {
        return !objections.isEmpty();
    }
}
