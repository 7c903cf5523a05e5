package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Work;

/** Answers {@code POST /responses}. */
final class CreateEndpoint {
    private CreateEndpoint() {}

    static Answer answer(Call call) {
        try {
            return answered(call);
        } catch (ApiErrorException refused) {
            Shelf.of(call)
                    .forgetForSocket(call.json().path("previous_response_id").asText());
            throw refused;
        }
    }

    private static Answer answered(Call call) {
        Creation creation = Creation.read(call, true);
        StoredResponse made = creation.make();
        CreateRequest request = creation.request();
        CreateRequest.Delivery delivery = request.delivery();
        if (delivery.streamed()) {
            EventWriter.Options options = new EventWriter.Options(Variant.of(call), delivery.obfuscated(), -1);
            EventWriter writer = new EventWriter(options, call.engine().ids());
            ResponseStream stream = new ResponseStream(writer, made);
            return Answer.events(
                    delivery.generates() ? stream.write() : stream.writeCreated(),
                    Works.of(request, made.output(), made.output().tokens(), true));
        }
        Work work = Works.of(request, made.output(), made.output().tokens(), false);
        return delivery.background()
                ? Answer.json(200, made.unfinished("queued"), work.with(Work.Reach.COUNT))
                : Answer.json(200, made.ended(), work);
    }
}
