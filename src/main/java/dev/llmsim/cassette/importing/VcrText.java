package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.text.Place;
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
        return scalar.tag().equals(BINARY) ? base64(scalar.value(), scalar.place()) : Bytes.utf8(scalar.value());
    }

    /** The bytes of base64 that may be broken into lines. */
    static Bytes base64(String text, Place place) {
        try {
            return Bytes.wrap(Base64.getDecoder().decode(text.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw place.invalid("base64: " + e.getMessage() + " (expected: base64 with padding); correct it", e);
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
