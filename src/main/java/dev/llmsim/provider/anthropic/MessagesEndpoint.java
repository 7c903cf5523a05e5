package dev.llmsim.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Events;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** Answers {@code POST /messages} and {@code POST /messages/count_tokens}. */
final class MessagesEndpoint {
    private MessagesEndpoint() {}

    static Answer answer(Call call) {
        Message message = Message.of(call.request(), call.engine());
        if (!message.isStreamed()) {
            return Answer.json(200, message.whole(), message.work(false));
        }
        Events events = new Events();
        message.stream(new ServerSentEvents(events));
        return Answer.events(events.pieces(), message.work(true));
    }

    static Answer count(Call call) {
        MessagesRequest request = MessagesReader.readUncapped(call.request());
        int tokens = call.engine().tokens(request.prompt());
        return Answer.json(200, Json.object().put("input_tokens", tokens), Work.NONE);
    }

    /** Events named after their types. */
    private record ServerSentEvents(Events events) implements EventSink {
        @Override
        public void token() {
            events.token();
        }

        @Override
        public void send(ObjectNode event) {
            events.event(event.path("type").asText(), event);
        }
    }
}
