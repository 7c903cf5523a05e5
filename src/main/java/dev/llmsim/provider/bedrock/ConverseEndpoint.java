package dev.llmsim.provider.bedrock;

import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;

/** Answers {@code converse} and {@code converse-stream}. */
final class ConverseEndpoint {
    private ConverseEndpoint() {}

    static Answer whole(Call call) {
        ConverseMessage message = message(call);
        return Answer.json(200, message.whole(), message.work(false));
    }

    static Answer streamed(Call call) {
        ConverseMessage message = message(call);
        EventStream stream = new EventStream(call.engine().ids());
        message.stream(stream);
        return stream.answer(Headers.EMPTY, message.work(true));
    }

    private static ConverseMessage message(Call call) {
        Fields body = Fields.of(call.request().body());
        return new ConverseMessage(ConverseRequest.read(ModelId.of(call), body), call.engine());
    }
}
