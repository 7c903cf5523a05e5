package dev.llmsim.cassette;

import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.cassette.text.YamlText;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import java.util.List;
import java.util.Optional;

/** How a request stands in a cassette file. */
final class RequestForm {
    private RequestForm() {}

    /** The lines under {@code request:}. */
    static String write(Request request, BlobSink blobs) {
        StringBuilder out = new StringBuilder();
        out.append("  to: ").append(to(request)).append('\n');
        out.append("  headers:").append(HeaderForm.write(request.headers(), 2));
        Bytes body = request.body();
        if (!body.isEmpty()) {
            out.append("  ");
            out.append(BodyForm.json(body, 4)
                    .or(() -> PartsForm.write(body, blobs))
                    .orElseGet(() -> BodyForm.exact(body, 4, blobs)));
        }
        return out.toString();
    }

    static Request read(YamlNode node, BlobSource blobs) {
        Fields fields = new Fields("request", node);
        YamlNode toNode = fields.required("to");
        List<String> to = to(toNode);
        Headers headers = HeaderForm.read("headers", fields.required("headers"));
        Optional<Bytes> parts = fields.optional("parts").map(multipart -> PartsForm.read(multipart, blobs));
        Optional<Bytes> body = BodyForm.read(fields, blobs);
        if (parts.isPresent() && body.isPresent()) {
            throw fields.place().invalid("body", "parts and another form", "one form", "keep one");
        }
        fields.end();
        return new Request(
                to.get(0), to.get(1), to.get(2), headers, parts.or(() -> body).orElse(Bytes.EMPTY));
    }

    private static String to(Request request) {
        List<String> words = List.of(request.upstream(), request.method(), request.target());
        boolean simple = words.stream().noneMatch(word -> word.isEmpty() || word.indexOf(' ') >= 0);
        return simple
                ? YamlText.requestLine(String.join(" ", words))
                : "[" + String.join(", ", words.stream().map(YamlText::inline).toList()) + "]";
    }

    private static List<String> to(YamlNode node) {
        List<String> words = node instanceof YamlNode.Scalar scalar
                ? List.of(scalar.value().split(" ", -1))
                : node.items("to").stream().map(item -> item.text("to")).toList();
        if (words.size() != 3 || words.get(0).isEmpty() || !words.get(2).startsWith("/")) {
            throw node.place().invalid("to", String.join(" ", words), "UPSTREAM METHOD /path", "correct it");
        }
        return words;
    }
}
