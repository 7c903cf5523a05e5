package dev.llmsim.provider.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Answer;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.Call;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Json;
import dev.llmsim.provider.simulation.Piece;
import dev.llmsim.provider.simulation.Work;
import java.util.List;

/** Answers {@code :generateContent} and {@code :streamGenerateContent}. */
final class GenerateEndpoint {
    private static final String CONTEXT = "context_length_exceeded";

    private GenerateEndpoint() {}

    static Answer whole(Call call) {
        Generated generated = Generated.of(call);
        Steps steps = generated.steps(false);
        ArrayNode array = Json.object().arrayNode();
        Candidates candidates = generated.candidates();
        for (Choice choice : generated.reply().choices()) {
            array.add(candidates.last(array.size(), steps.of(choice), choice));
        }
        Usage usage = generated.reply().usage();
        var json = generated.head().around(array, usage.completion() - usage.reasoning(), usage.reasoning());
        return Answer.body(200, GeminiSurface.JSON, Json.write(json), generated.work(false));
    }

    /** Where events were not asked for, an error stands in an array as well: all that a stream sends does. */
    static Answer streamed(Call call) {
        boolean sse = Query.of(call.request()).first("alt").orElse("").equals("sse");
        try {
            return streamed(call, sse);
        } catch (ApiErrorException refused) {
            if (sse) {
                throw refused;
            }
            return GeminiErrors.inArray(refused.error());
        }
    }

    private static Answer streamed(Call call, boolean sse) {
        Generated generated = Generated.of(call);
        List<Piece> pieces = new GenerateStream(generated.head(), generated.candidates(), sse)
                .write(generated.reply().choices(), generated.steps(true));
        Headers headers = sse
                ? Headers.of("content-type", "text/event-stream", "content-disposition", "attachment")
                : Headers.of("content-type", GeminiSurface.JSON);
        return new Answer(200, headers, Framing.CHUNKED, pieces, generated.work(true));
    }

    /** An answer that waits to be written. */
    private record Generated(GenerateRequest request, AnswerHead head, Reply reply, Engine engine) {

        static Generated of(Call call) {
            Engine engine = call.engine();
            GenerateRequest request = GenerateRequest.read(call.variables().get(0), Fields.of(call));
            Prompt prompt = request.prompt();
            prompt.sampling().seed().ifPresent(engine::seeded);
            Reply reply = request.shaped(reply(engine, prompt));
            AnswerHead head = new AnswerHead(
                    engine.answeredModel(prompt.model()),
                    engine.ids().alphanumeric("", 23),
                    PromptDetails.of(prompt, reply.usage().prompt(), engine),
                    reply.usage());
            return new Generated(request, head, reply, engine);
        }

        /** A refusal for its length is worded as this API words it. */
        private static Reply reply(Engine engine, Prompt prompt) {
            try {
                return engine.reply(prompt);
            } catch (ApiErrorException refused) {
                if (!CONTEXT.equals(refused.error().code())) {
                    throw refused;
                }
                int most = engine.model(prompt.model())
                        .map(model -> model.contextTokens())
                        .orElse(0);
                throw Invalid.request("The input token count (" + engine.tokens(prompt)
                        + ") exceeds the maximum number of tokens allowed (" + most + ").");
            }
        }

        Steps steps(boolean streamed) {
            return new Steps(engine.ids(), request.prompt(), streamed);
        }

        Candidates candidates() {
            return new Candidates(request.prompt().sampling().topLogprobs());
        }

        Work work(boolean streamed) {
            int shown = reply.choices().stream()
                    .flatMap(choice -> choice.contents().stream())
                    .mapToInt(content -> content.tokens().size())
                    .sum();
            return new Work(request.prompt().model(), reply.usage(), shown, streamed);
        }
    }
}
