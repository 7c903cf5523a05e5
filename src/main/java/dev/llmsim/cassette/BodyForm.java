package dev.llmsim.cassette;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.llmsim.cassette.text.Json;
import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.cassette.text.YamlText;
import dev.llmsim.exchange.Bytes;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How bytes stand in a cassette file: as {@code json}, {@code text}, {@code base64}, or as a {@code blob}, the name of a file
 * beside it. Each form is one {@code key: value}.
 */
final class BodyForm {
    /** The keys of the forms, as errors list them. */
    static final String KEYS = "text, json, base64 or blob";

    private static final int BLOB_FROM_BASE64_CHARS = 8 * 1024;
    private static final int SHORT_CHARS = 100;

    private BodyForm() {}

    /** {@code bytes} as text, base64 or by hash; a block's lines stand at {@code indent}. Ends with a line end. */
    static String exact(Bytes bytes, int indent, BlobSink blobs) {
        Optional<String> text = BodyText.of(bytes);
        if (text.isEmpty()) {
            return binary(bytes, blobs) + "\n";
        }
        return YamlText.isLiteral(text.get())
                ? "text: " + YamlText.literal(text.get(), indent)
                : "text: " + YamlText.quoted(text.get()) + "\n";
    }

    /** {@code bytes} as base64 or by hash, without a line end. */
    static String binary(Bytes bytes, BlobSink blobs) {
        String base64 = Base64.getEncoder().encodeToString(bytes.toArray());
        return base64.length() > BLOB_FROM_BASE64_CHARS
                ? "blob: '" + blobs.keep(bytes) + "'"
                : "base64: '" + base64 + "'";
    }

    /** {@code bytes} as pretty-printed {@code json}, where they are JSON that comes back as the same value. */
    static Optional<String> json(Bytes bytes, int indent) {
        return BodyText.of(bytes)
                .flatMap(BodyForm::parse)
                .map(Json::pretty)
                .map(pretty -> "json: " + YamlText.literal(pretty + "\n", indent));
    }

    /** {@code bytes} as {@code json}, where they come back byte for byte and are worth more than one line. */
    static Optional<String> exactJson(Bytes bytes, int indent) {
        boolean same = bytes.length() > SHORT_CHARS
                && BodyText.of(bytes)
                        .filter(text -> parse(text)
                                .filter(json -> json.compact().equals(text))
                                .isPresent())
                        .isPresent();
        return same ? json(bytes, indent) : Optional.empty();
    }

    /** The bytes that the one form in {@code fields} stands for; empty where there is none. */
    static Optional<Bytes> read(Fields fields, BlobSource blobs) {
        List<Optional<Bytes>> forms = List.of(
                fields.optional("json").map(BodyForm::readJson),
                fields.optional("text").map(node -> Bytes.utf8(node.text("text"))),
                fields.optional("base64").map(BodyForm::readBase64),
                fields.optional("blob").map(node -> blobs.read(node.text("blob"), node.place())));
        List<Bytes> present = forms.stream().flatMap(Optional::stream).toList();
        if (present.size() > 1) {
            throw fields.place().invalid("body", present.size() + " forms", "one of " + KEYS, "keep one");
        }
        return present.stream().findFirst();
    }

    /** A JSON value that is still the same after it was printed and read again. */
    private static Optional<Json> parse(String text) {
        if (text.startsWith("\uFEFF")) {
            return Optional.empty();
        }
        try {
            Json value = Json.parse(text);
            return Json.parse(value.pretty()).equals(value) ? Optional.of(value) : Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static Bytes readJson(YamlNode node) {
        try {
            return Bytes.utf8(Json.parse(node.text("json")).compact());
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr() + " of the block";
            throw node.place()
                    .invalid("json: " + e.getOriginalMessage() + where + " (expected: one JSON value); correct it", e);
        }
    }

    private static Bytes readBase64(YamlNode node) {
        try {
            return Bytes.wrap(Base64.getDecoder().decode(node.text("base64")));
        } catch (IllegalArgumentException e) {
            throw node.place().invalid("base64: " + e.getMessage() + " (expected: base64 with padding); correct it", e);
        }
    }
}
