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
    private static final Pattern PATH = Pattern.compile("(?:~|\\.{1,2})?[/\\\\].*|[A-Za-z]:[/\\\\].*|[a-z]+://.*");
    private static final int MIN_CHARS = 16;

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
                && !PATH.matcher(value).matches()
                && !WordLike.test(Bytes.utf8(value));
    }
}
