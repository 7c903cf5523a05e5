package dev.llmsim.provider.simulation;

import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** Lends a surface's tests one reply that they choose, so that they see what becomes of it on the wire. */
public final class FixedEngine implements Engine {
    private final Function<Prompt, Reply> reply;
    private final List<Prompt> prompts = new ArrayList<>();
    private final Store store = new KeepingAll();
    private long nowSeconds = 1_770_933_892;
    private int drawn;

    private FixedEngine(Function<Prompt, Reply> reply) {
        this.reply = reply;
    }

    public static FixedEngine answering(Function<Prompt, Reply> reply) {
        return new FixedEngine(reply);
    }

    /** One choice of {@code contents}, 10 tokens of prompt. */
    public static FixedEngine answering(Finish finish, Content... contents) {
        int completion = 0;
        int reasoning = 0;
        for (Content content : contents) {
            int hidden = content instanceof Content.Thought thought ? thought.hiddenTokens() : 0;
            reasoning += hidden;
            completion += content instanceof Content.Thought
                    ? hidden
                    : content.tokens().size();
        }
        Usage usage = new Usage(10, completion, reasoning, 0, 0);
        return new FixedEngine(prompt -> new Reply(List.of(new Choice(List.of(contents), finish)), usage));
    }

    /** The prompts that were answered. */
    public List<Prompt> prompts() {
        return prompts;
    }

    @Override
    public void seeded(long seed) {
        drawn = 0;
    }

    @Override
    public Reply reply(Prompt prompt) {
        prompts.add(prompt);
        return reply.apply(prompt);
    }

    @Override
    public int tokens(String model, String text) {
        return text.isEmpty() ? 0 : text.split(" ").length;
    }

    @Override
    public int tokens(Prompt prompt) {
        return 10;
    }

    @Override
    public float[] embedding(String model, String text, int dimensions) {
        float[] vector = new float[dimensions];
        vector[Math.floorMod(text.hashCode(), dimensions)] = 1;
        return vector;
    }

    @Override
    public Ids ids() {
        return new Ids() {
            @Override
            public String alphanumeric(String prefix, int length) {
                return prefix + numbered("%0" + length + "d");
            }

            @Override
            public String hex(String prefix, int length) {
                return prefix + numbered("%0" + length + "x");
            }

            @Override
            public String uuid() {
                return "00000000-0000-4000-8000-" + numbered("%012d");
            }
        };
    }

    private String numbered(String format) {
        return String.format(java.util.Locale.ROOT, format, ++drawn);
    }

    @Override
    public long nowSeconds() {
        return nowSeconds;
    }

    /** From now on it is later. */
    public void pass(long seconds) {
        nowSeconds += seconds;
    }

    /** A second for each token that is shown. */
    @Override
    public Timeline timeline(Work work) {
        return everySecond(work);
    }

    /** A second for each token that is shown. */
    public static Timeline everySecond(Work work) {
        return new Timeline(LongStream.rangeClosed(1, Math.max(1, work.shownTokens()))
                .map(token -> token * 1_000_000)
                .toArray());
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public List<Model> models(String list) {
        return List.of(new Model(
                "model-a",
                "Model A",
                "someone",
                1_754_524_800,
                "2025-08-07",
                400_000,
                128_000,
                Set.of(Model.Capability.FUNCTION_CALLING, Model.Capability.VISION),
                List.of()));
    }

    @Override
    public Optional<Model> model(String id) {
        return models("").stream().filter(model -> model.id().equals(id)).findFirst();
    }

    @Override
    public String answeredModel(String id) {
        return id;
    }

    private static final class KeepingAll implements Store {
        private final Map<String, Object> values = new HashMap<>();

        @Override
        public void put(String key, Object value, long bytes) {
            values.put(key, value);
        }

        @Override
        public <T> Optional<T> find(String key, Class<T> type) {
            return Optional.ofNullable(values.get(key)).filter(type::isInstance).map(type::cast);
        }

        @Override
        public <T> Optional<T> update(String key, Class<T> type, UnaryOperator<T> change) {
            Optional<T> changed = find(key, type).map(change);
            changed.ifPresent(value -> values.put(key, value));
            return changed;
        }

        @Override
        public boolean remove(String key) {
            return values.remove(key) != null;
        }
    }
}
