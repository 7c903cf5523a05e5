package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes the events of a streamed message, in whatever envelope they leave. */
public interface EventSink {
    /** One more token has been generated. */
    void token();

    void send(ObjectNode event);
}
