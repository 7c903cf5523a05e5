package dev.llmsim.match;

import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Plain;
import dev.llmsim.match.Node.Text;
import dev.llmsim.provider.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The headers that take part in matching, by name, each list in one spelling. */
final class MeaningHeaders {
    private MeaningHeaders() {}

    /** Those of {@code headers} that change the answer; {@link Node.Plain#NULL} where it is not known which were sent. */
    static Node of(Headers headers) {
        if (!headers.isKnown()) {
            return Plain.NULL;
        }
        Map<String, List<String>> byName = new TreeMap<>();
        for (Header header : Operation.matchHeaders(headers)) {
            String name = header.lowerCaseName();
            if (!name.equals("content-type") && !name.equals("content-encoding")) {
                byName.computeIfAbsent(name, unused -> new ArrayList<>()).add(header.value());
            }
        }
        List<Node> pairs = new ArrayList<>();
        byName.forEach((name, values) ->
                pairs.add(new Items(List.of(new Text(name), new Text(inOneSpelling(name, String.join(",", values)))))));
        return new Items(pairs);
    }

    /** Betas are a set: their order and repetition mean nothing. */
    private static String inOneSpelling(String name, String list) {
        var elements = Arrays.stream(list.split(",")).map(String::strip).filter(element -> !element.isEmpty());
        return (name.endsWith("-beta") ? elements.sorted().distinct() : elements).collect(Collectors.joining(","));
    }
}
