package dev.llmsim.synth.schema;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Writes a short text that a simple regular expression matches: literals, classes, groups, alternatives, repetitions. What it
 * cannot read (look-around, back references, Unicode classes) gives nothing.
 */
final class PatternSample {
    private static final int MAX_LENGTH = 4_096;
    private static final int MAX_ATOMS = 100_000;
    private static final int[] MORE = {0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

    private final String pattern;
    private final SplittableRandom random;
    private final int more;
    private int at;
    private int atoms;

    private PatternSample(String pattern, SplittableRandom random, int more) {
        this.pattern = pattern;
        this.random = random;
        this.more = more;
    }

    /** A match of between {@code least} and {@code most} characters. */
    static Optional<String> draw(String pattern, int least, int most, SplittableRandom random) {
        for (int more : MORE) {
            Optional<String> text = attempt(pattern, random, more);
            if (text.isEmpty()) {
                return text;
            }
            if (text.get().length() >= least) {
                return text.filter(found -> found.length() <= most);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> attempt(String pattern, SplittableRandom random, int more) {
        try {
            PatternSample sample = new PatternSample(pattern, random, more);
            String text = sample.alternatives(0);
            boolean isRead = sample.at == pattern.length();
            return Optional.of(text).filter(found -> isRead && Patience.finds(Pattern.compile(pattern), found));
        } catch (UnreadableException | PatternSyntaxException | StackOverflowError unreadable) {
            return Optional.empty();
        }
    }

    /** The pattern has something that is not read here. */
    private static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException() {
            super(null, null, false, false);
        }
    }

    private String alternatives(int depth) throws UnreadableException {
        if (depth > 50) {
            throw new UnreadableException();
        }
        String first = sequence(depth);
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            sequence(depth);
        }
        return first;
    }

    private String sequence(int depth) throws UnreadableException {
        StringBuilder text = new StringBuilder();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            int begin = at;
            String once = atom(depth);
            int times = times();
            for (int i = 0; i < times && !once.isEmpty() && text.length() < MAX_LENGTH; i++) {
                text.append(i == 0 ? once : again(begin, depth));
            }
        }
        return text.toString();
    }

    /** Draws the atom at {@code begin} once more, so that repeated classes differ. */
    private String again(int begin, int depth) throws UnreadableException {
        int end = at;
        at = begin;
        String text = atom(depth);
        at = end;
        return text;
    }

    private String atom(int depth) throws UnreadableException {
        if (++atoms > MAX_ATOMS) {
            throw new UnreadableException();
        }
        char c = pattern.charAt(at++);
        return switch (c) {
            case '^', '$' -> "";
            case '(' -> group(depth);
            case '[' -> one(PatternClass.read(this::next, this::peek).orElseThrow(UnreadableException::new));
            case '.' -> "a";
            case '\\' -> escape();
            case '*', '+', '?', '{' -> throw new UnreadableException();
            default -> String.valueOf(c);
        };
    }

    private String group(int depth) throws UnreadableException {
        if (pattern.startsWith("?:", at)) {
            at += 2;
        } else if (pattern.startsWith("?<", at)
                && at + 2 < pattern.length()
                && Character.isLetter(pattern.charAt(at + 2))) {
            at = pattern.indexOf('>', at) + 1;
        } else if (pattern.startsWith("?", at)) {
            throw new UnreadableException();
        }
        String text = alternatives(depth + 1);
        if (at >= pattern.length() || at == 0) {
            throw new UnreadableException();
        }
        at++;
        return text;
    }

    private String escape() throws UnreadableException {
        if (at >= pattern.length()) {
            throw new UnreadableException();
        }
        char c = pattern.charAt(at++);
        if (c == 'b') {
            return "";
        }
        String members = PatternClass.escaped(c);
        if (members.isEmpty()) {
            throw new UnreadableException();
        }
        return one(List.of(members.split("")));
    }

    private int times() throws UnreadableException {
        if (at >= pattern.length()) {
            return 1;
        }
        char c = pattern.charAt(at);
        int times = switch (c) {
            case '*' -> more;
            case '+' -> 1 + more;
            case '?' -> 0;
            case '{' -> counted();
            default -> -1;
        };
        if (times < 0) {
            return 1;
        }
        at++;
        if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
            at++;
        }
        return times;
    }

    private int counted() throws UnreadableException {
        int end = pattern.indexOf('}', at);
        List<String> bounds =
                end < 0 ? List.of() : List.of(pattern.substring(at + 1, end).split(",", -1));
        try {
            int least = bounds.get(0).isEmpty() ? 0 : Integer.parseInt(bounds.get(0));
            int most = bounds.size() == 1
                    ? least
                    : bounds.get(1).isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(bounds.get(1));
            at = end;
            return (int) Math.min(most, (long) least + more);
        } catch (RuntimeException noBounds) {
            throw new UnreadableException();
        }
    }

    private String one(List<String> members) throws UnreadableException {
        if (members.isEmpty()) {
            throw new UnreadableException();
        }
        return members.get(random.nextInt(members.size()));
    }

    private char next() {
        return at < pattern.length() ? pattern.charAt(at++) : '\0';
    }

    private char peek() {
        return at < pattern.length() ? pattern.charAt(at) : '\0';
    }
}
