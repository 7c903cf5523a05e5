package dev.llmsim.match;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;
import dev.llmsim.match.Node.Fields;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Mark;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;

/** Reads a request's body as what its headers say it is, or, where they say nothing, as what it looks like. */
final class BodyReader {
    private static final Node EMPTY = new Mark("empty");

    private BodyReader() {}

    /** The body before any rule: JSON, multipart, form, or a hash of its bytes. */
    static Node read(Request request) {
        Bytes body = request.body();
        Headers headers = request.headers();
        if (body.isEmpty()) {
            return EMPTY;
        }
        String coding = headers.first("content-encoding").orElse("identity").strip();
        if (!coding.equalsIgnoreCase("identity")) {
            return hashed(coding, body);
        }
        ContentType type = headers.first("content-type").map(ContentType::parse).orElse(ContentType.NONE);
        return read(body, type, headers.isKnown()).orElseGet(() -> hashed(type.type(), body));
    }

    private static Optional<Node> read(Bytes body, ContentType type, boolean known) {
        if (type.type().startsWith("multipart/")) {
            return Multipart.parse(body, type);
        }
        if (type.type().equals("application/x-www-form-urlencoded")) {
            return text(body, type).map(BodyReader::form);
        }
        boolean json = type.type().isEmpty()
                || type.type().endsWith("/json")
                || type.type().endsWith("+json");
        Optional<Node> read = json ? json(body, type) : Optional.empty();
        return read.isPresent() || known ? read : Multipart.sniff(body);
    }

    private static Optional<Node> json(Bytes body, ContentType type) {
        return text(body, type)
                .flatMap(JsonReader::read)
                .filter(node -> node instanceof Fields || node instanceof Items);
    }

    private static Node form(String text) {
        return new Items(List.of(new Mark("form"), Parameters.ofForm(text)));
    }

    /** The body as text in the charset its type states (UTF-8 where it states none), if it is such text. */
    private static Optional<String> text(Bytes body, ContentType type) {
        try {
            String name = type.parameter("charset");
            Charset charset = name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
            return charset.canEncode() ? CharsetText.read(body, charset) : Optional.empty();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static Node hashed(String kind, Bytes body) {
        return new Mark(kind + " " + body.length() + " bytes "
                + Key.hash(body.toArray()).hex());
    }
}
