package dev.llmsim.synth;

import dev.llmsim.exchange.Headers;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.simulation.ApiError;
import dev.llmsim.provider.simulation.ApiErrorException;
import dev.llmsim.provider.simulation.CallIds;
import dev.llmsim.synth.script.ScriptCursor;
import dev.llmsim.synth.script.ToolCall;
import dev.llmsim.synth.script.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a script in one call. Scripted answers are sent whole: limits and stops do not cut them, and nothing is thought
 * before them.
 */
final class Scripting {
    private static final String EXHAUSTED = "llmsim script exhausted (on_exhausted=error)";

    private final Optional<ScriptCursor> cursor;
    private final Part part;
    private boolean used;

    /** What a script is to one call. */
    enum Part {
        /** It answers where it can, else the generator. */
        FIRST,
        /** It answers, or nobody. */
        ALONE,
        /** It has no say. */
        NONE
    }

    Scripting(Optional<ScriptCursor> cursor, Part part) {
        this.cursor = cursor;
        this.part = part;
    }

    /** Whether a turn was taken, or its error told, in this call. */
    boolean isUsed() {
        return used;
    }

    /**
     * The choices of the turn that answers {@code prompt}, all alike; empty where the generator answers.
     *
     * @throws ApiErrorException where the turn is an error
     * @throws UnscriptedException where none but a script may answer, and no turn is for the prompt
     */
    Optional<List<Choice>> choices(Prompt prompt, CallIds ids) {
        Optional<ScriptCursor.Taken> taken =
                part == Part.NONE ? Optional.empty() : cursor.flatMap(at -> at.take(prompt));
        if (taken.isEmpty()) {
            // of several prompts in one call the first decides: a turn that was taken is not taken back
            if (part == Part.ALONE && !used) {
                throw new UnscriptedException();
            }
            return Optional.empty();
        }
        used = true;
        return taken.map(one -> choices(one, prompt, ids));
    }

    private static List<Choice> choices(ScriptCursor.Taken taken, Prompt prompt, CallIds ids) {
        if (taken instanceof ScriptCursor.Taken.Next next) {
            if (next.turn() instanceof Turn.Answer answer) {
                return new Numbered(next.number(), ids, prompt).choices(answer);
            }
            throw new ApiErrorException(error((Turn.Failure) next.turn()));
        }
        throw new ApiErrorException(ApiError.of(500, EXHAUSTED));
    }

    private static ApiError error(Turn.Failure failure) {
        ApiError error = ApiError.of(failure.status(), failure.message());
        return failure.retryAfter().isPresent()
                ? error.with(Headers.of(
                        "retry-after", String.valueOf(failure.retryAfter().getAsInt())))
                : error;
    }

    /** Writes the choices of one turn; no two of their calls have the same id of ours. */
    private static final class Numbered {
        private final int turn;
        private final CallIds ids;
        private final Prompt prompt;
        private int calls;

        Numbered(int turn, CallIds ids, Prompt prompt) {
            this.turn = turn;
            this.ids = ids;
            this.prompt = prompt;
        }

        List<Choice> choices(Turn.Answer answer) {
            List<Choice> choices = new ArrayList<>();
            for (int i = 0; i < prompt.sampling().choices(); i++) {
                choices.add(choice(answer));
            }
            return choices;
        }

        private Choice choice(Turn.Answer answer) {
            List<Content> contents = new ArrayList<>();
            answer.text()
                    .filter(text -> !text.isEmpty() || answer.calls().isEmpty())
                    .ifPresent(text -> contents.add(new Content.Text(Tokens.pieces(prompt.model(), text))));
            for (ToolCall call : answer.calls()) {
                String ours = ids.scripted(turn, calls++);
                contents.add(new Content.ToolCall(
                        call.id().orElse(ours), call.name(), Tokens.pieces(prompt.model(), call.arguments())));
            }
            return new Choice(contents, answer.calls().isEmpty() ? Finish.STOP : Finish.TOOL_CALLS);
        }
    }
}
