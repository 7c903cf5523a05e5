package dev.llmsim.cassette;

import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.cassette.text.YamlText;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import java.util.ArrayList;
import java.util.List;

/** How header lines stand in a cassette file: pairs of name and value, on one line while they are few, else on one each. */
final class HeaderForm {
    private static final String UNKNOWN = "unknown";
    private static final int WIDTH_CHARS = 100;

    private HeaderForm() {}

    /** What follows {@code "headers:"}; lists begin at {@code indent}. Ends with a line end. */
    static String write(Headers headers, int indent) {
        if (!headers.isKnown()) {
            return " " + UNKNOWN + "\n";
        }
        List<String> pairs = headers.lines().stream().map(HeaderForm::pair).toList();
        String oneLine = " [" + String.join(", ", pairs) + "]\n";
        if (indent + oneLine.length() <= WIDTH_CHARS) {
            return oneLine;
        }
        String margin = " ".repeat(indent);
        StringBuilder out = new StringBuilder("\n");
        pairs.forEach(pair -> out.append(margin).append("- ").append(pair).append('\n'));
        return out.toString();
    }

    static Headers read(String what, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar && scalar.value().equals(UNKNOWN)) {
            return Headers.UNKNOWN;
        }
        List<Header> lines = new ArrayList<>();
        for (YamlNode pair : node.items(what)) {
            lines.add(header(what, pair));
        }
        return Headers.of(lines);
    }

    private static Header header(String what, YamlNode pair) {
        List<YamlNode> parts = pair.items(what);
        if (parts.size() != 2) {
            throw pair.place().invalid(what, parts.size() + " items", "[name, value]", "correct it");
        }
        String name = parts.get(0).text("header name");
        String value = parts.get(1).text("header value");
        if (!Header.isName(name) || !Header.isValue(value)) {
            throw pair.place()
                    .invalid(
                            "header",
                            name + ": " + value,
                            "a name of letters, digits and !#$%&'*+.^_`|~-, and a value of bytes without control characters",
                            "correct it");
        }
        return new Header(name, value);
    }

    private static String pair(Header header) {
        return "[" + YamlText.inline(header.name()) + ", " + YamlText.inline(header.value()) + "]";
    }
}
