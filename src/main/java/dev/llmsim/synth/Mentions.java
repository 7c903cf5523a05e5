package dev.llmsim.synth;

import dev.llmsim.provider.conversation.Tool;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which tools a text speaks of. */
final class Mentions {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int MIN_LETTERS = 3;

    /** Words that say nothing of what a tool is for. */
    private static final Set<String> COMMON = Set.of(
            "get",
            "set",
            "the",
            "and",
            "for",
            "with",
            "from",
            "all",
            "new",
            "tool",
            "function",
            "call",
            "run",
            "use",
            "make",
            "has",
            "are",
            "you",
            "your",
            "can",
            "what",
            "give",
            "tell",
            "how",
            "one",
            "two",
            "this",
            "that");

    private Mentions() {}

    /** Those that {@code text} calls by their name; where there are none, those of whose name it has a word. */
    static List<Tool> in(String text, List<Tool> tools) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<Tool> named = tools.stream()
                .filter(tool -> hasWhole(lower, tool.name().toLowerCase(Locale.ROOT)))
                .toList();
        if (!named.isEmpty()) {
            return named;
        }
        Set<String> words = new HashSet<>();
        for (String word : NO_WORD.split(lower)) {
            words.add(stem(word));
        }
        return tools.stream().filter(tool -> sharesWord(tool.name(), words)).toList();
    }

    /** Whether {@code name} stands in {@code text}, and not inside a longer word. */
    private static boolean hasWhole(String text, String name) {
        for (int at = text.indexOf(name); at >= 0 && !name.isEmpty(); at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            if (begins && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean sharesWord(String name, Set<String> words) {
        return Arrays.stream(HUMP.matcher(name).replaceAll("_").split("[^\\p{L}\\p{N}]+"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= MIN_LETTERS && !COMMON.contains(word))
                .anyMatch(word -> words.contains(stem(word)));
    }

    private static String stem(String word) {
        return word.endsWith("s") && word.length() > MIN_LETTERS ? word.substring(0, word.length() - 1) : word;
    }
}
