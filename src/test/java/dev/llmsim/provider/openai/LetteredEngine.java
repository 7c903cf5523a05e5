package dev.llmsim.provider.openai;

import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.Engine;
import dev.llmsim.provider.simulation.FixedEngine;
import dev.llmsim.provider.simulation.Ids;
import dev.llmsim.provider.simulation.Store;
import dev.llmsim.provider.simulation.Timeline;
import dev.llmsim.provider.simulation.Work;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A {@link FixedEngine} whose ids have the length that was asked for and depend on the seed. */
public final class LetteredEngine implements Engine {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final FixedEngine fixed;
    private final Random random = new Random(1);

    public LetteredEngine(FixedEngine fixed) {
        this.fixed = fixed;
    }

    @Override
    public void seeded(long seed) {
        random.setSeed(seed);
    }

    @Override
    public Ids ids() {
        return new Ids() {
            @Override
            public String alphanumeric(String prefix, int length) {
                return prefix + drawn(length, LETTERS);
            }

            @Override
            public String hex(String prefix, int length) {
                return prefix + drawn(length, "0123456789abcdef");
            }

            @Override
            public String uuid() {
                throw new AssertionError("this API has none");
            }
        };
    }

    private String drawn(int length, String letters) {
        StringBuilder drawn = new StringBuilder();
        for (int i = 0; i < length; i++) {
            drawn.append(letters.charAt(random.nextInt(letters.length())));
        }
        return drawn.toString();
    }

    @Override
    public Reply reply(Prompt prompt) {
        return fixed.reply(prompt);
    }

    @Override
    public Timeline timeline(Work work) {
        return fixed.timeline(work);
    }

    @Override
    public Store store() {
        return fixed.store();
    }

    @Override
    public int tokens(String model, String text) {
        return fixed.tokens(model, text);
    }

    @Override
    public int tokens(Prompt prompt) {
        return fixed.tokens(prompt);
    }

    @Override
    public float[] embedding(String model, String text, int dimensions) {
        return fixed.embedding(model, text, dimensions);
    }

    @Override
    public long nowSeconds() {
        return fixed.nowSeconds();
    }

    @Override
    public List<Model> models(String list) {
        return fixed.models(list);
    }

    @Override
    public Optional<Model> model(String id) {
        return fixed.model(id);
    }

    @Override
    public String answeredModel(String id) {
        return fixed.answeredModel(id);
    }
}
