package dev.llmsim.provider.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmsim.provider.conversation.OutputForm;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Role;
import dev.llmsim.provider.conversation.Turn;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.openai.CallShaper;
import dev.llmsim.provider.openai.FieldErrors;
import dev.llmsim.provider.openai.Fields;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the response to one request, with what came before it. */
final class Creation {
    private static final String TOO_LONG = "context_length_exceeded";

    private final Engine engine;
    private final Shelf shelf;
    private final CreateRequest request;
    private final boolean strict;
    private final Optional<StoredResponse> previous;

    private Creation(Call call, CreateRequest request, boolean strict, Optional<StoredResponse> previous) {
        this.engine = call.engine();
        this.shelf = Shelf.of(call);
        this.request = request;
        this.strict = strict;
        this.previous = previous;
    }

    /**
     * Reads a request.
     *
     * @param answers whether it is for a response, and not only about an input
     * @throws ApiErrorException with what the API says of the first thing that is wrong
     */
    static Creation read(Call call, boolean answers) {
        Engine engine = call.engine();
        Fields body = Fields.of(call);
        Shelf shelf = Shelf.of(call);
        CreateRequest request = new CreateReader(body, new ItemsReader(engine.ids(), shelf), answers).read();
        Absent.refuse(body);
        Optional<StoredResponse> previous = Optional.empty();
        if (!request.previous().isEmpty()) {
            previous = Optional.of(
                    shelf.response(request.previous()).orElseThrow(() -> Errors.noPrevious(request.previous())));
        }
        if (request.input().isEmpty() && previous.isEmpty() && body.isStrict() && answers) {
            throw CreateReader.nothingAsked();
        }
        boolean reasons = engine.model(request.model())
                .filter(model -> model.can(Model.Capability.REASONING))
                .isPresent();
        if (request.sampling().topLogprobs() >= 0 && reasons && body.isStrict()) {
            throw Errors.noLogprobs(request.includes(CreateReader.LOGPROBS) ? "include" : "top_logprobs");
        }
        request.sampling().seed().ifPresent(engine::seeded);
        return new Creation(call, request, body.isStrict(), previous);
    }

    CreateRequest request() {
        return request;
    }

    /** All that was said, up to the input of this request. */
    List<ObjectNode> items() {
        List<ObjectNode> items = new ArrayList<>(history());
        items.addAll(request.input());
        return items;
    }

    /** All that the model reads. */
    Prompt prompt() {
        List<ObjectNode> items = items();
        if (strict && request.text().form() instanceof OutputForm.Json) {
            requireJson(items);
        }
        List<Turn> turns = new ArrayList<>();
        String instructions = request.body().path("instructions").asText("");
        if (!instructions.isEmpty() && request.body().path("instructions").isTextual()) {
            turns.add(Turn.of(Role.SYSTEM, instructions));
        }
        List<Turn> said = Conversation.of(items, strict);
        boolean bare = previous.isEmpty() && request.body().path("input").isTextual();
        turns.addAll(bare ? said.stream().map(Turn::asBare).toList() : said);
        return request.prompt(turns);
    }

    private List<ObjectNode> history() {
        return previous.map(StoredResponse::conversation).orElse(List.of());
    }

    private static void requireJson(List<ObjectNode> items) {
        boolean mentioned = items.stream()
                .anyMatch(item ->
                        Json.text(item.path("content")).toLowerCase(Locale.ROOT).contains("json"));
        if (!mentioned) {
            throw FieldErrors.of(
                    "input",
                    "Response input messages must contain the word 'json' in some form to use 'text.format' of type"
                            + " 'json_object'.");
        }
    }

    StoredResponse make() {
        String id = engine.ids().hex("resp_", 50);
        Prompt prompt = prompt();
        Output output = request.delivery().generates() ? Output.of(request, reply(prompt), engine.ids()) : Output.NONE;
        StoredResponse.Times times = times(output);
        ResponseObject.Head head = new ResponseObject.Head(
                id, engine.nowSeconds(), times.endSeconds(), engine.answeredModel(request.model()));
        ObjectNode ended = ResponseObject.ended(head, request, output);
        long historyBytes = previous.map(StoredResponse::bytes).orElse(0L);
        StoredResponse made = new StoredResponse(
                ended,
                output,
                history(),
                historyBytes,
                request.input(),
                request.body().path("service_tier"),
                times,
                false);
        if (request.delivery().stored()) {
            shelf.keep(made);
        } else {
            shelf.keepForSocket(made);
        }
        return made;
    }

    private StoredResponse.Times times(Output output) {
        boolean streamed = request.delivery().streamed() || request.delivery().background();
        Timeline played = engine.timeline(Works.of(request, output, output.tokens(), streamed));
        return new StoredResponse.Times(
                request.delivery().background(), engine.nowSeconds(), played.first(), played.last());
    }

    private Reply reply(Prompt prompt) {
        CallShaper shaper = CallShaper.of(request.tools().custom(), engine.ids());
        try {
            return shaper.shape(engine.reply(prompt));
        } catch (ApiErrorException refused) {
            if (!isTooLong(refused.error())) {
                throw refused;
            }
            if (!request.body().path("truncation").asText().equals("auto")) {
                throw Errors.tooLong();
            }
        }
        return shaper.shape(engine.reply(Truncation.shortened(prompt, engine)));
    }

    private static boolean isTooLong(ApiError error) {
        return TOO_LONG.equals(error.code());
    }
}
