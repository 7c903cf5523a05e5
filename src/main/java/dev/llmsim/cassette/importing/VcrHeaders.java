package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.exchange.ConnectionFields;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The headers of a VCR message: a mapping of names to a value or to a list of values. */
final class VcrHeaders {
    /** What belongs to a connection or to framing. */
    private static final Set<String> NOT_END_TO_END =
            ConnectionFields.and("content-length", "proxy-authenticate", "proxy-authorization", "trailer");

    /** What every client sends: says nothing about whether the source kept the headers that matter. */
    private static final Set<String> INSIGNIFICANT = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "content-type",
            "content-encoding",
            "cookie",
            "host",
            "user-agent");

    private VcrHeaders() {}

    static Headers read(YamlNode node) {
        List<Header> lines = new ArrayList<>();
        for (Map.Entry<String, YamlNode> entry : node.entries("headers").entrySet()) {
            YamlNode values = entry.getValue();
            if (!Header.isName(entry.getKey())) {
                throw values.place()
                        .invalid(
                                "header name",
                                entry.getKey().isEmpty() ? "''" : entry.getKey(),
                                "letters, digits and !#$%&'*+.^_`|~-",
                                "correct it");
            }
            List<YamlNode> list = values instanceof YamlNode.Sequence sequence ? sequence.nodes() : List.of(values);
            list.forEach(value -> lines.add(new Header(entry.getKey(), value(value))));
        }
        return Headers.of(lines);
    }

    private static String value(YamlNode node) {
        String value = VcrText.headerValue(node).stripLeading();
        if (!Header.isValue(value)) {
            throw node.place().invalid("header value", value, "bytes without control characters", "correct it");
        }
        return value;
    }

    /** {@code kept} by the redactor, or unknown where nothing among them takes part in matching. */
    static Headers orUnknown(Headers kept) {
        boolean none = kept.lines().stream().allMatch(VcrHeaders::isInsignificant);
        return none ? Headers.UNKNOWN : kept;
    }

    private static boolean isInsignificant(Header line) {
        String name = line.name().toLowerCase(Locale.ROOT);
        return INSIGNIFICANT.contains(name)
                || NOT_END_TO_END.contains(name)
                || name.startsWith("amz-sdk-")
                || name.startsWith("x-amz-")
                || name.startsWith("x-stainless-");
    }
}
