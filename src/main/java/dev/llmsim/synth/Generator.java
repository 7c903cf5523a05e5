package dev.llmsim.synth;

import dev.llmsim.provider.conversation.Prompt;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the text of an answer is made of. */
public sealed interface Generator {
    Generator LOREM = new Lorem();

    /** The text of an answer to {@code question}; the same for the same question and randomness. */
    String text(Question question, SplittableRandom random);

    /**
     * What an answer is asked for.
     *
     * @param echoesAll whether an echo repeats the whole prompt, as on Messages and Responses
     */
    record Question(Prompt prompt, int targetTokens, boolean echoesAll) {
        int targetWords() {
            return (int) Math.max(1, targetTokens * 0.75);
        }

        /**
         * {@code madeUp}, whose words mean nothing, with fewer of them where the prompt has room for more than half of the
         * target: then nothing needs to be cut off.
         */
        String fitting(String madeUp) {
            int limit = prompt.sampling().maxTokens();
            return limit > targetTokens / 2 ? Words.within(limit, prompt.model(), madeUp) : madeUp;
        }
    }

    /**
     * A generator by its name.
     *
     * @param warningOrNull what was wrong with the name, for whom gave it
     */
    record Parsed(Generator generator, @Nullable String warningOrNull) {
        public Parsed {
            Objects.requireNonNull(generator);
        }
    }

    /** The generator called {@code name}; lorem and a warning where there is none. */
    static Parsed parse(String name) {
        String trimmed = name.trim();
        if (trimmed.regionMatches(true, 0, "fixed:", 0, "fixed:".length())) {
            return new Parsed(new Fixed(trimmed.substring("fixed:".length())), null);
        }
        return switch (trimmed.toLowerCase(Locale.ROOT)) {
            case "lorem" -> new Parsed(LOREM, null);
            case "echo" -> new Parsed(new Echo(), null);
            case "random", "random_word" -> new Parsed(new RandomWords(), null);
            case "sequence" -> new Parsed(new Sequence(), null);
            default ->
                new Parsed(
                        LOREM,
                        "generator: " + name
                                + " (expected: lorem, echo, random, sequence or fixed:TEXT); lorem is used");
        };
    }

    record Lorem() implements Generator {
        @Override
        public String text(Question question, SplittableRandom random) {
            return question.fitting(Words.lorem(random, question.targetWords()));
        }
    }

    /** Repeats what the user said. */
    record Echo() implements Generator {
        @Override
        public String text(Question question, SplittableRandom random) {
            return "Echo: " + Echoes.of(question);
        }
    }

    record RandomWords() implements Generator {
        @Override
        public String text(Question question, SplittableRandom random) {
            return question.fitting(Words.english(random, question.targetWords()));
        }
    }

    /** Counts from 1 to the number of tokens that are asked for. */
    record Sequence() implements Generator {
        @Override
        public String text(Question question, SplittableRandom random) {
            return IntStream.rangeClosed(1, question.targetTokens())
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(" "));
        }
    }

    /** Always says the same. */
    record Fixed(String text) implements Generator {
        @Override
        public String text(Question question, SplittableRandom random) {
            return text;
        }
    }
}
