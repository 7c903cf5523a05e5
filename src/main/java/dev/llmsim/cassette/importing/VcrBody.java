package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One body of a VCR file, of a request or of a response: {@code body: text}, {@code body: {string: text}}, {@code body:
 * {base64_string: ...}}, or a JSON value, as {@code parsed_body} or as {@code body} itself.
 *
 * @param bytes the body
 * @param fromJson whether the source has a JSON value and no bytes
 */
record VcrBody(Bytes bytes, boolean fromJson) {
    private static final VcrBody NONE = new VcrBody(Bytes.EMPTY, false);
    private static final String GZIP_MAGIC = "\u001f\u008b";

    /** The body of the message {@code message}, whose keys {@code body} and {@code parsed_body} it removes. */
    static VcrBody takeFrom(Map<String, YamlNode> message, VcrJson json) {
        Optional<YamlNode> parsed = Optional.ofNullable(message.remove("parsed_body"));
        Optional<YamlNode> body = Optional.ofNullable(message.remove("body"));
        VcrBody bytes = body.map(node -> of(node, json)).orElse(NONE);
        return bytes.bytes().isEmpty() && parsed.isPresent() ? json(parsed.get(), json) : bytes;
    }

    private static VcrBody of(YamlNode node, VcrJson json) {
        if (node instanceof YamlNode.Scalar scalar) {
            return VcrJson.isNull(scalar) ? NONE : new VcrBody(scalarBytes(scalar), false);
        }
        if (node instanceof YamlNode.Mapping mapping && mapping.nodes().size() <= 2) {
            YamlNode string = mapping.nodes().get("string");
            YamlNode base64 = mapping.nodes().get("base64_string");
            if (string != null) {
                return of(string, json);
            }
            if (base64 != null) {
                return new VcrBody(VcrText.base64(base64.text("base64_string"), base64.place()), false);
            }
        }
        return json(node, json);
    }

    private static VcrBody json(YamlNode node, VcrJson json) {
        return new VcrBody(Bytes.utf8(json.of(node).compact()), true);
    }

    /** A text in UTF-8; but a compressed body that was stored as a text has a char for each byte. */
    private static Bytes scalarBytes(YamlNode.Scalar scalar) {
        String text = scalar.value();
        return text.startsWith(GZIP_MAGIC) && text.chars().allMatch(c -> c <= 0xFF)
                ? Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1))
                : VcrText.bytes(scalar);
    }
}
