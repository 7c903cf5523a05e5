package dev.llmsim.gateway;

import io.netty.channel.ChannelHandler;

/** Serves one client's connection, as its last handler. All calls are on the connection's loop. */
interface ClientConnection extends ChannelHandler {
    /** Takes no further request; a connection that has none is closed. */
    void drain();

    /** Stops whatever is being done, and closes. */
    void abandon();
}
