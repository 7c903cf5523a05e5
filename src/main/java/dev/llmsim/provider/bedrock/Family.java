package dev.llmsim.provider.bedrock;

import dev.llmsim.provider.simulation.Answer;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Models whose bodies of InvokeModel have the same format.
 *
 * @param ids of its models, in lower case
 * @param mark a member that only its bodies have, for models whose id tells nothing; empty where there is none
 */
record Family(String name, Pattern ids, String mark, Function<Invocation, Answer> handler) {
    private static final List<Family> ALL = List.of(
            of("Anthropic Claude", "anthropic\\.", "anthropic_version", ClaudeBodies::answer),
            of("Amazon Titan Text Embeddings", "amazon\\.titan-embed-text", "", EmbeddingBodies::titan),
            of("Amazon Nova Embeddings", "amazon\\.nova.*-embed", "singleEmbeddingParams", EmbeddingBodies::nova),
            of("Cohere Embed", "cohere\\.embed", "input_type", EmbeddingBodies::cohere),
            of("Amazon Nova", "amazon\\.nova", "inferenceConfig", NovaBodies::answer),
            of("Amazon Titan Text", "amazon\\.titan-t", "textGenerationConfig", TextForm.handler(new TitanForm())),
            of("Meta Llama", "meta\\.llama", "max_gen_len", TextForm.handler(new LlamaForm())),
            of("Mistral (prompt)", "mistral\\.", "", TextForm.handler(new MistralForm())),
            of("Cohere Command R", "cohere\\.command-r", "chat_history", TextForm.handler(new CommandForm())));

    private static Family of(String name, String ids, String mark, Function<Invocation, Answer> handler) {
        return new Family(name, Pattern.compile("(^|\\.)" + ids), mark, handler);
    }

    /** The answer of the model's family, told by its id, or else by the body. */
    static Answer answer(Invocation asked) {
        for (Family family : ALL) {
            if (family.ids.matcher(asked.model().lowerCase()).find()) {
                return family.handler.apply(asked);
            }
        }
        for (Family family : ALL) {
            if (!family.mark.isEmpty() && asked.body().has(family.mark)) {
                return family.handler.apply(asked);
            }
        }
        throw Invalid.of("llmsim does not simulate the bodies of the model '"
                + asked.model().id()
                + "' (expected: a model of "
                + ALL.stream().map(Family::name).collect(Collectors.joining(", "))
                + "). Use Converse, which is simulated for every model, or record InvokeModel from the provider (llmsim"
                + " record) to have it replayed.");
    }
}
