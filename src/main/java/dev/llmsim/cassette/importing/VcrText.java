package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The scalars of a VCR file: texts, and bytes in base64 under the tag {@code !!binary}. */
final class VcrText {
    static final String BINARY = "tag:yaml.org,2002:binary";

    private VcrText() {}

    /** The scalar as bytes: a text in UTF-8. */
    static Bytes bytes(YamlNode.Scalar scalar) {
        if (!scalar.tag().equals(BINARY)) {
            return Bytes.utf8(scalar.value());
        }
        try {
            return Bytes.wrap(Base64.getMimeDecoder().decode(scalar.value()));
        } catch (IllegalArgumentException e) {
            throw scalar.place().invalid("!!binary: " + e.getMessage() + " (expected: base64); correct it", e);
        }
    }

    /** The scalar as a text. */
    static String of(YamlNode.Scalar scalar) {
        return scalar.tag().equals(BINARY) ? bytes(scalar).utf8() : scalar.value();
    }

    /** The scalar as a header value: each char one byte, on one line. */
    static String headerValue(YamlNode node) {
        String value = node instanceof YamlNode.Scalar scalar
                ? new String(bytes(scalar).toArray(), StandardCharsets.ISO_8859_1)
                : node.text("header value");
        return value.replaceAll("[\r\n]+[ \t]*", " ");
    }
}
