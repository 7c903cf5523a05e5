package dev.llmsim.synth;

import dev.llmsim.exchange.Request;
import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.CallIds;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Store;
import dev.llmsim.provider.simulation.Timeline;
import dev.llmsim.provider.simulation.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * The engine of one call.
 *
 * <p>What it says depends on the session's seed and the prompt, so that a prompt is answered alike streamed or not, and again.
 * Ids depend on the number of the call too, unless the request brings a seed.
 */
final class Simulation implements Engine {
    /** Times of seeded calls lie within a year from here: 2025-01-01. */
    private static final long SEEDED_SECONDS = 1_735_689_600;

    private static final long YEAR_SECONDS = 31_536_000;

    private final SynthSettings settings;
    private final SynthState state;
    private final Circumstances circumstances;
    private final IntConsumer admission;
    private final Scripting scripting;
    private final SeededIds ids;
    private long nowSeconds;

    /**
     * What is known of a call beside its prompt.
     *
     * @param echoesAll as in {@link Generator.Question}
     * @param callIds how ids of tool calls look here
     */
    record Circumstances(Request request, long nowSeconds, boolean echoesAll, CallIds callIds, Tempo tempo) {
        Circumstances(Request request, long nowSeconds, boolean echoesAll, CallIds callIds) {
            this(request, nowSeconds, echoesAll, callIds, Tempo.AT_ONCE);
        }
    }

    Simulation(SynthSettings settings, SynthState state, Circumstances circumstances) {
        this(
                settings,
                state,
                circumstances,
                new Say(new Scripting(state.script(settings), Scripting.Part.FIRST), tokens -> {}));
    }

    /**
     * Who has a say in an answer beside the generator.
     *
     * @param admission may refuse a prompt for its tokens before it is answered
     */
    record Say(Scripting scripting, IntConsumer admission) {}

    Simulation(SynthSettings settings, SynthState state, Circumstances circumstances, Say say) {
        this.settings = settings;
        this.state = state;
        this.circumstances = circumstances;
        this.scripting = say.scripting();
        this.admission = say.admission();
        this.nowSeconds = circumstances.nowSeconds();
        this.ids = new SeededIds(state.seed().of(state.nextCall()));
    }

    @Override
    public void seeded(long seed) {
        Request request = circumstances.request();
        Seed own = new Seed(seed).of(request.target()).of(request.body().toArray());
        ids.restart(own);
        circumstances.tempo().seeded(own.value());
        nowSeconds = SEEDED_SECONDS + Math.floorMod(own.value(), YEAR_SECONDS);
    }

    @Override
    public Reply reply(Prompt prompt) {
        PromptTokens cost = PromptTokens.of(prompt);
        settings.catalogue().find(prompt.model()).ifPresent(model -> Admission.check(model, prompt, cost));
        admission.accept(cost.total());
        List<Choice> choices =
                scripting.choices(prompt, circumstances.callIds()).orElseGet(() -> generated(prompt));
        return new Reply(choices, usage(choices, cost, cached(prompt, cost)));
    }

    private List<Choice> generated(Prompt prompt) {
        SplittableRandom random = seed(prompt).of(asked(prompt)).random();
        Generator.Question question =
                new Generator.Question(prompt, settings.targetTokens(), circumstances.echoesAll());
        Drafting drafting =
                new Drafting(settings, question, () -> circumstances.callIds().draw(ids));
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < prompt.sampling().choices(); i++) {
            choices.add(drafting.choice(random.split()));
        }
        return choices;
    }

    /** What a text depends on: not on how much of it is wanted, so that a shorter answer is the beginning of the longer one. */
    private static String asked(Prompt prompt) {
        return prompt.model() + prompt.turns() + prompt.tooling() + prompt.form();
    }

    private Seed seed(Prompt prompt) {
        return prompt.sampling().seed().isPresent()
                ? new Seed(prompt.sampling().seed().getAsLong())
                : state.seed();
    }

    /** A request with a seed gets the same bytes each time, and so no discount the second time. */
    private PromptCache.Hit cached(Prompt prompt, PromptTokens cost) {
        return prompt.sampling().seed().isPresent()
                ? PromptCache.Hit.NONE
                : state.cache().use(Beginnings.of(prompt, cost), circumstances.nowSeconds());
    }

    private static Usage usage(List<Choice> choices, PromptTokens cost, PromptCache.Hit hit) {
        int completion = 0;
        int reasoning = 0;
        for (Choice choice : choices) {
            for (Content content : choice.contents()) {
                boolean isThought = content instanceof Content.Thought;
                int tokens = content instanceof Content.Thought thought
                        ? thought.hiddenTokens()
                        : content.tokens().size();
                completion += tokens;
                reasoning += isThought ? tokens : 0;
            }
        }
        return new Usage(cost.total(), completion, reasoning, hit.readTokens(), hit.writtenTokens());
    }

    @Override
    public int tokens(String model, String text) {
        return Tokens.count(model, text);
    }

    @Override
    public int tokens(Prompt prompt) {
        return Tokens.count(prompt);
    }

    @Override
    public float[] embedding(String model, String text, int dimensions) {
        return Embedding.of(model, text, dimensions);
    }

    @Override
    public Ids ids() {
        return ids;
    }

    @Override
    public long nowSeconds() {
        return nowSeconds;
    }

    @Override
    public Timeline timeline(Work work) {
        return circumstances.tempo().timeline(work);
    }

    @Override
    public Store store() {
        return state.store();
    }

    @Override
    public List<Model> models(String list) {
        return settings.catalogue().models(list);
    }

    @Override
    public Optional<Model> model(String id) {
        return settings.catalogue().findListed(id);
    }

    @Override
    public String answeredModel(String id) {
        return settings.catalogue().answered(id);
    }
}
