package dev.llmsim.match;

import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Text;
import dev.llmsim.provider.SecretNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Pairs {@code NAME=VALUE&...} of a query or a form, by name; those of one name keep their order. */
final class Parameters {
    private Parameters() {}

    /** One parameter, percent-normalised; a name without {@code =} has no value. */
    private record Pair(String name, List<Node> nameAndValue) {}

    /** Without what says who asks and not what, by the rule of redaction: keys, tokens, the parts of a signature. */
    static Items ofQuery(String raw) {
        return read(raw, name -> !SecretNames.isSecretParameter(name));
    }

    static Items ofForm(String raw) {
        return read(raw, name -> true);
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
