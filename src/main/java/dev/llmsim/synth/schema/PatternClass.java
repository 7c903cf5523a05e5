package dev.llmsim.synth.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A character class of a regular expression, as the ASCII characters in it. */
final class PatternClass {
    private static final String DIGITS = "0123456789";
    private static final String WORD = "abcdefghijklmnopqrstuvwxyz" + DIGITS;

    private PatternClass() {}

    /** Reads a character and steps behind it, or only looks at it; 0 at the end. */
    interface Reader {
        char read();
    }

    /** Reads what follows {@code [} up to {@code ]}; empty where it ends before. */
    static Optional<List<String>> read(Reader next, Reader peek) {
        boolean isNegated = peek.read() == '^';
        if (isNegated) {
            next.read();
        }
        Set<String> members = new LinkedHashSet<>();
        for (char c = next.read(); c != ']' || members.isEmpty(); c = next.read()) {
            if (c == '\0' || c == '[' || c == '&') {
                return Optional.empty();
            }
            if (c == '\\') {
                String escaped = escaped(next.read());
                if (escaped.isEmpty()) {
                    return Optional.empty();
                }
                if (escaped.length() > 1) {
                    members.addAll(List.of(escaped.split("")));
                    continue;
                }
                c = escaped.charAt(0);
            }
            range(c, next, peek, members);
        }
        return Optional.of(isNegated ? without(members) : List.copyOf(members));
    }

    private static void range(char from, Reader next, Reader peek, Set<String> members) {
        if (peek.read() != '-') {
            members.add(String.valueOf(from));
            return;
        }
        next.read();
        if (peek.read() == ']') {
            members.add(String.valueOf(from));
            members.add("-");
            return;
        }
        char to = next.read();
        for (int c = from; c <= Math.min(to, from + 256); c++) {
            members.add(String.valueOf((char) c));
        }
    }

    private static List<String> without(Set<String> members) {
        List<String> others = new ArrayList<>();
        for (char c = 'a'; c <= 'z'; c++) {
            others.add(String.valueOf(c));
        }
        for (char c = ' '; c < 'a'; c++) {
            others.add(String.valueOf(c));
        }
        others.removeAll(members);
        return others;
    }

    /** What {@code \c} stands for; empty where that is not read here. */
    static String escaped(char c) {
        return switch (c) {
            case 'd' -> DIGITS;
            case 'w' -> WORD;
            case 's' -> " ";
            case 'D', 'S' -> "abc";
            case 'W' -> "-";
            case 't' -> "\t";
            case 'n' -> "\n";
            default -> Character.isLetterOrDigit(c) || c == '\0' ? "" : String.valueOf(c);
        };
    }
}
