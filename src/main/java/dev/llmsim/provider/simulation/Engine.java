package dev.llmsim.provider.simulation;

import dev.llmsim.provider.conversation.Prompt;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.model.Model;
import java.util.List;
import java.util.Optional;

/**
 * What the simulator lends to one call. What it draws depends on the session's seed and the request; where the request
 * brings a seed of its own ({@link #seeded}), on that and nothing else.
 */
public interface Engine {
    /** Makes ids and times of this call depend on {@code seed} and the request alone. */
    void seeded(long seed);

    /**
     * The answer to {@code prompt}: within its limits, stops and forms.
     *
     * @throws ApiErrorException where the model would refuse: too long a prompt, images for a model that sees none
     */
    Reply reply(Prompt prompt);

    /** The tokens of {@code text} for {@code model}. */
    int tokens(String model, String text);

    /** What {@code prompt} costs: messages, tools and images. */
    int tokens(Prompt prompt);

    /** The number of dimensions and the text decide: a vector of length 1, the same for the same text. */
    float[] embedding(String model, String text, int dimensions);

    Ids ids();

    /** The time of this call, in seconds since 1970. */
    long nowSeconds();

    /** When the answer to {@code work} is played, if that is what it comes to. */
    Timeline timeline(Work work);

    /** What this surface keeps from call to call of the session. */
    Store store();

    /** The models that {@code list} ({@code openai-list}, {@code anthropic-list}, {@code gemini-list}) shows, in its order. */
    List<Model> models(String list);

    /** The model of this id or alias; empty where the catalogue has none (requests may name any). */
    Optional<Model> model(String id);

    /** {@code id}, or its dated form where the configuration asks for that. */
    String answeredModel(String id);
}
