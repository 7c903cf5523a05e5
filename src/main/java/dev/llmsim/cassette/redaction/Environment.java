package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The secrets among environment variables: named like one, 16 characters or more, no number, word or path. */
final class Environment {
    private static final Pattern NAME = Pattern.compile("(?i).*(?:KEY|TOKEN|SECRET|PASSWORD).*");
    private static final Pattern NUMBER = Pattern.compile("[0-9.,:+-]+");
    private static final Pattern PATH = Pattern.compile("(?:~|\\.{1,2})?[/\\\\].*|[A-Za-z]:[/\\\\].*");
    private static final Pattern URL = Pattern.compile("[a-z]+://.*");
    private static final Pattern SEGMENT_END = Pattern.compile("[/\\\\:~._ -]+");
    private static final int MIN_CHARS = 16;
    /** {@code id_ed25519} has one, {@code MyKeyStore2} three; as many random characters have far more. */
    private static final int MAX_TURNS = 3;

    private Environment() {}

    static List<Secret> secrets(Map<String, String> variables) {
        List<Secret> secrets = new ArrayList<>();
        new TreeMap<>(variables).forEach((name, value) -> {
            if (NAME.matcher(name).matches() && isSecret(value)) {
                Bytes bytes = Bytes.utf8(value);
                secrets.add(new Secret(KeyPatterns.kindOf(bytes).orElse(SecretKind.ENVIRONMENT), bytes));
            }
        });
        return secrets;
    }

    private static boolean isSecret(String value) {
        return value.length() >= MIN_CHARS
                && !NUMBER.matcher(value).matches()
                && !URL.matcher(value).matches()
                && !isPath(value)
                && !WordLike.test(Bytes.utf8(value));
    }

    /** Whether {@code value} begins like a path and consists of names that someone gave: base64 begins with a slash, too. */
    private static boolean isPath(String value) {
        return PATH.matcher(value).matches()
                && SEGMENT_END.splitAsStream(value).allMatch(name -> turns(name) <= MAX_TURNS);
    }

    /** How often the kind of character changes, except from a capital to what it is the capital of. */
    private static int turns(String name) {
        int turns = 0;
        for (int i = 1; i < name.length(); i++) {
            int before = kind(name.charAt(i - 1));
            int after = kind(name.charAt(i));
            if (before != after && !(before == 'A' && after == 'a')) {
                turns++;
            }
        }
        return turns;
    }

    private static int kind(char c) {
        return Ascii.isDigit(c) ? '0' : Ascii.isUpper(c) ? 'A' : Ascii.isLower(c) ? 'a' : '?';
    }
}
