package dev.llmsim.synth;

import java.util.List;
import java.util.SplittableRandom;

/** The words that made-up texts are of. */
final class Words {
    private static final List<String> LOREM =
            List.of(("lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod"
                            + " tempor incididunt ut labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation"
                            + " ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit voluptate velit"
                            + " esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat non proident sunt culpa qui"
                            + " officia deserunt mollit anim id est laborum")
                    .split(" "));

    private static final List<String> ENGLISH =
            List.of(("apple river stone cloud window garden music letter table light"
                            + " forest bridge paper silver morning travel number simple answer winter summer ocean mountain story"
                            + " picture bottle button candle circle corner copper desert dinner engine family feather flower future"
                            + " ground harbor island jacket kitchen ladder market mirror needle orange pencil pocket rabbit record"
                            + " school shadow signal spring square stream street system ticket tunnel valley village voyage wonder")
                    .split(" "));

    private Words() {}

    /** {@code count} words: a capital first, a full stop after each tenth and at the end. */
    static String lorem(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder(count * 7);
        for (int i = 0; i < count; i++) {
            String word = i < 2 ? LOREM.get(i) : one(LOREM, random);
            text.append(i == 0 ? capital(word) : " " + word);
            if (i % 10 == 9 || i == count - 1) {
                text.append('.');
            }
        }
        return text.toString();
    }

    /** {@code count} English words. */
    static String english(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder(count * 7);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(one(ENGLISH, random));
        }
        return text.toString();
    }

    /** The first words of {@code text}, as many as {@code tokens} hold; where it ends in a full stop, they do. */
    static String within(int tokens, String model, String text) {
        List<String> pieces = Tokens.pieces(model, text);
        if (pieces.size() <= tokens) {
            return text;
        }
        String end = text.endsWith(".") ? "." : "";
        String shorter = String.join("", pieces.subList(0, tokens));
        do {
            shorter = withoutLastWord(shorter);
        } while (shorter.contains(" ") && Tokens.count(model, shorter + end) > tokens);
        return shorter.endsWith(end) ? shorter : shorter + end;
    }

    private static String withoutLastWord(String text) {
        return text.substring(0, Math.max(0, text.lastIndexOf(' ')));
    }

    private static String one(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
