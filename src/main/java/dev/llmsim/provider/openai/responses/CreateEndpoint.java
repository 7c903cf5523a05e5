package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Piece;
import dev.llmsim.provider.simulation.Work;
import java.util.ArrayList;
import java.util.List;

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
        List<Piece> steered =
                Steering.of(call.request()).map(place -> rest(call, place)).orElse(List.of());
        Creation creation = Creation.read(call, true);
        StoredResponse made = creation.make();
        CreateRequest request = creation.request();
        CreateRequest.Delivery delivery = request.delivery();
        if (delivery.streamed()) {
            EventWriter.Options options = new EventWriter.Options(Variant.of(call), delivery.obfuscated(), -1);
            EventWriter writer = new EventWriter(options, call.engine().ids());
            ResponseStream stream = new ResponseStream(writer, made);
            List<Piece> pieces = new ArrayList<>(steered);
            pieces.addAll(delivery.generates() ? stream.write() : stream.writeCreated());
            return Answer.events(
                    pieces, Works.of(request, made.output(), made.output().tokens(), true));
        }
        Work work = Works.of(request, made.output(), made.output().tokens(), false);
        return delivery.background()
                ? Answer.json(200, made.unfinished("queued"), work.with(Work.Reach.COUNT))
                : Answer.json(200, made.ended(), work);
    }

    /** The events that end a response early, which was steered at {@code place}. */
    private static List<Piece> rest(Call call, Steering place) {
        String id = call.json().path("previous_response_id").asText();
        StoredResponse cut = Shelf.of(call).steer(id, place).orElseThrow(() -> Errors.noPrevious(id));
        EventWriter writer = new EventWriter(
                new EventWriter.Options(Variant.of(call), false, place.events() - 1, 1),
                call.engine().ids());
        return new ResponseStream(writer, cut).write();
    }
}
