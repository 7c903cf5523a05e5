package dev.llmsim.match;

import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Pairs {@code NAME=VALUE&...} of a query or a form, by name; those of one name keep their order. */
final class Parameters {
    /** Query parameters that say who asks and not what: keys, tokens and the parts of a signature. */
    private static final Set<String> CREDENTIALS =
            Set.of("key", "api_key", "apikey", "api-key", "access_token", "token", "auth", "signature", "sig");

    private static final String SIGNATURE_PREFIX = "x-amz-";

    private Parameters() {}

    /** One parameter, percent-normalised; a name without {@code =} has no value. */
    private record Pair(String name, List<Node> nameAndValue) {}

    static Items ofQuery(String raw) {
        return read(raw, name -> !isCredential(name));
    }

    static Items ofForm(String raw) {
        return read(raw, name -> true);
    }

    static List<String> ignored() {
        List<String> names = new ArrayList<>(CREDENTIALS);
        names.add(SIGNATURE_PREFIX + "*");
        names.sort(Comparator.naturalOrder());
        return names;
    }

    private static boolean isCredential(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return CREDENTIALS.contains(lower) || lower.startsWith(SIGNATURE_PREFIX);
    }

    private static Items read(String raw, Predicate<String> kept) {
        List<Pair> pairs = new ArrayList<>();
        int start = 0;
        while (start < raw.length()) {
            int mark = raw.indexOf('&', start);
            int end = mark < 0 ? raw.length() : mark;
            if (end > start) {
                pairs.add(pair(raw.substring(start, end)));
            }
            start = end + 1;
        }
        return new Items(pairs.stream()
                .filter(pair -> kept.test(pair.name()))
                .sorted(Comparator.comparing(Pair::name))
                .<Node>map(pair -> new Items(pair.nameAndValue()))
                .toList());
    }

    private static Pair pair(String raw) {
        int equals = raw.indexOf('=');
        String name = PercentText.parameter(equals < 0 ? raw : raw.substring(0, equals));
        return equals < 0
                ? new Pair(name, List.of(new Text(name)))
                : new Pair(name, List.of(new Text(name), new Text(PercentText.parameter(raw.substring(equals + 1)))));
    }
}
