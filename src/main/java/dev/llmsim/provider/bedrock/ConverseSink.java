package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes the events of a streamed message, in whatever envelope they leave. */
interface ConverseSink {
    /** One more token has been generated. */
    void token();

    /** An event of {@code type}, {@code contentBlockDelta}. */
    void send(String type, ObjectNode payload);
}
