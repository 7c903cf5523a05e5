package dev.llmsim.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.exchange.Request;
import dev.llmsim.provider.anthropic.EventSink;
import dev.llmsim.provider.anthropic.Message;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Json;
import java.util.List;

/** Answers in Anthropic's own format, which that dialect's package writes. */
final class ClaudeBodies {
    private static final String VERSION = "anthropic_version";
    private static final List<String> VERSIONS = List.of("bedrock-2023-05-31", "bedrock-2023-02-20");

    private ClaudeBodies() {}

    static Answer answer(Invocation asked) {
        Message message = Message.hosted(request(asked), asked.model().claude(), asked.engine(), "bdrk");
        if (!asked.streamed()) {
            return asked.whole(message.whole(), message.work(false), message.usage());
        }
        ChunkStream chunks = asked.chunks();
        message.stream(new Chunks(chunks, message));
        return chunks.answer(message.work(true));
    }

    static Prompt prompt(Invocation asked) {
        return Message.hostedPrompt(request(asked), asked.model().claude());
    }

    private static Request request(Invocation asked) {
        String version = asked.body().text(VERSION).orElseThrow(() -> Invalid.of(VERSION + ": Field required"));
        if (!VERSIONS.contains(version)) {
            throw Invalid.of(VERSION + ": Input should be '" + VERSIONS.get(0) + "'");
        }
        return asked.call().request().withBody(Json.write(asked.body().node()));
    }

    /** The events as Anthropic sends them, but for its pings. */
    private record Chunks(ChunkStream chunks, Message message) implements EventSink {
        @Override
        public void token() {
            chunks.token();
        }

        @Override
        public void send(ObjectNode event) {
            String type = event.path("type").asText();
            if (type.equals("message_stop")) {
                chunks.last(event, message.usage(), message.work(true));
            } else if (!type.equals("ping")) {
                chunks.send(event);
            }
        }
    }
}
