package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Work;

/** Answers for stored responses: reads, streams, cancels, deletes them. */
final class StoredEndpoints {
    private StoredEndpoints() {}

    static Answer get(Call call) {
        StoredResponse response = find(call);
        Query query = Query.of(call.request());
        if (!query.flag("stream", false)) {
            return Answer.json(200, response.at(call.engine().nowSeconds()), Work.NONE);
        }
        EventWriter.Options options = new EventWriter.Options(
                Variant.of(call),
                query.flag("include_obfuscation", true),
                query.integer("starting_after", 0, Integer.MAX_VALUE).orElse(-1));
        EventWriter writer = new EventWriter(options, call.engine().ids());
        var pieces = new ResponseStream(writer, response).write();
        boolean working = !response.hasEnded(call.engine().nowSeconds());
        return Answer.events(pieces, working ? work(response, writer.tokens()) : Work.NONE);
    }

    private static Work work(StoredResponse response, int tokens) {
        String model = response.ended().path("model").asText();
        return new Work(model, response.output().usage(), tokens, true).with(Work.Reach.TIME);
    }

    static Answer delete(Call call) {
        String id = call.variables().get(0);
        if (!Shelf.of(call).remove(id)) {
            throw Errors.notFound("Response", id);
        }
        ObjectNode json = Json.object().put("id", id).put("object", "response").put("deleted", true);
        return Answer.json(200, json, Work.NONE);
    }

    static Answer cancel(Call call) {
        StoredResponse response = find(call);
        if (!response.times().background()) {
            throw Errors.request("Cannot cancel a synchronous response.");
        }
        long now = call.engine().nowSeconds();
        StoredResponse cancelled = Shelf.of(call).cancel(response.id(), now).orElse(response);
        return Answer.json(200, cancelled.at(now), Work.NONE);
    }

    static StoredResponse find(Call call) {
        String id = call.variables().get(0);
        return Shelf.of(call).response(id).orElseThrow(() -> Errors.notFound("Response", id));
    }
}
