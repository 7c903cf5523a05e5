package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.importing.ImportNote.Kind;
import dev.llmsim.cassette.redaction.HeaderRules;
import dev.llmsim.cassette.text.Place;
import dev.llmsim.cassette.text.YamlNode;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.provider.coding.ContentCoding;
import dev.llmsim.provider.coding.Decoded;
import dev.llmsim.provider.framing.Framer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Turns one interaction of a VCR file into an exchange. One instance reads one interaction. */
final class VcrInteraction {
    private static final Pattern SCHEME = Pattern.compile("(?i)https?:");
    private static final String CORRECT = "correct it or leave this interaction out";

    private final ImportSettings settings;
    private final BiConsumer<Kind, String> notes;
    private final VcrJson json;

    VcrInteraction(ImportSettings settings, BiConsumer<Kind, String> notes) {
        this.settings = settings;
        this.notes = notes;
        this.json = new VcrJson(number -> notes.accept(Kind.NUMBER_LOST, number + " became null"));
    }

    SafeRecording read(YamlNode interaction) {
        Map<String, YamlNode> keys = new LinkedHashMap<>(interaction.entries("interaction"));
        Request request = request(take(keys, "request", interaction));
        Response response = response(request.method(), take(keys, "response", interaction));
        ignoreRest("", keys);
        SafeRecording safe = SafeRecording.of(request, response, settings.redactor());
        Headers headers = VcrHeaders.orUnknown(safe.request().headers());
        if (!headers.isKnown()) {
            notes.accept(Kind.REQUEST_HEADERS_UNKNOWN, "");
        }
        notes.accept(Kind.TIMING_MODELLED, "");
        return new SafeRecording(withHeaders(safe.request(), headers), safe.response(), safe.redacted());
    }

    private Request request(YamlNode node) {
        Map<String, YamlNode> keys = new LinkedHashMap<>(node.entries("request"));
        String method = take(keys, "method", node).text("method");
        Route route = route(take(keys, "uri", node));
        Headers headers = headers(keys);
        VcrBody body = VcrBody.takeFrom(keys, json);
        if (body.fromJson()) {
            notes.accept(Kind.BODY_RESERIALISED, "request");
        }
        ignoreRest("request.", keys);
        return new Request(route.upstream(), method, route.target(), headers, body.bytes());
    }

    private Response response(String method, YamlNode node) {
        Map<String, YamlNode> keys = new LinkedHashMap<>(node.entries("response"));
        YamlNode status = take(keys, "status", node);
        Headers all = headers(keys);
        VcrBody body = VcrBody.takeFrom(keys, json);
        if (body.fromJson()) {
            notes.accept(Kind.BODY_RESERIALISED, "response");
        }
        Decoded decoded = decode(all, body.bytes());
        ignoreRest("response.", keys);
        Bytes plain = decoded.bytes();
        boolean isWhole = decoded instanceof Decoded.Plain;
        List<Frame> frames = ModelledTiming.frames(cut(all.first("content-type").orElse(""), plain));
        Framing framing = framing(all, frames);
        return new Response(
                head(status, HeaderRules.kept(all.without("content-encoding"))),
                framing,
                framing == Framing.LENGTH && isWhole ? declaredBytes(method, all, plain) : -1,
                frames,
                Headers.EMPTY,
                TimingSource.MODELLED,
                ModelledTiming.HEAD_MICROS,
                ModelledTiming.endMicros(frames),
                isWhole ? Ending.COMPLETE : Ending.UPSTREAM_TRUNCATED);
    }

    private ResponseHead head(YamlNode status, Headers headers) {
        Map<String, YamlNode> keys = new LinkedHashMap<>(status.entries("status"));
        YamlNode codeNode = take(keys, "code", status);
        String code = codeNode.text("code");
        if (!code.matches("[2-9][0-9]{2}")) {
            throw codeNode.place().invalid("status code", code, "200 to 999", CORRECT);
        }
        String message = Optional.ofNullable(keys.remove("message"))
                .filter(node -> !VcrJson.isAbsent(node))
                .map(VcrText::headerValue)
                .orElse("");
        ignoreRest("response.status.", keys);
        return new ResponseHead(Integer.parseInt(code), message, headers);
    }

    private Route route(YamlNode uriNode) {
        String text = uriNode.text("uri");
        URI uri = uri(text, uriNode.place());
        if (!SCHEME.matcher(text).lookingAt() || uri.getHost() == null) {
            throw uriNode.place()
                    .invalid("uri", withoutSecrets(text), "http:// or https:// and a host's valid name", CORRECT);
        }
        return settings.routes().apply(uri).orElseGet(() -> {
            Route route = Route.toOrigin(uri);
            notes.accept(Kind.UPSTREAM_UNKNOWN, route.upstream());
            return route;
        });
    }

    /** Without what may hold keys: the query and the user. */
    private static String withoutSecrets(String uri) {
        return uri.split("[?#]", 2)[0].replaceFirst("//[^/]*@", "//");
    }

    private URI uri(String text, Place place) {
        try {
            return new URI(text);
        } catch (URISyntaxException first) {
            try {
                URI mended = new URI(Percent.encodeIllegal(text));
                notes.accept(Kind.ADDRESS_MENDED, mended.getRawPath());
                return mended;
            } catch (URISyntaxException second) {
                // its message, too, would show the whole address
                throw place.invalid("uri: " + second.getReason() + " (expected: an address); " + CORRECT, null);
            }
        }
    }

    /** Where the coding cannot be undone, what comes before: the rest could hold secrets that nobody sees. */
    private Decoded decode(Headers headers, Bytes body) {
        List<Frame> read = body.isEmpty() ? List.of() : List.of(new Frame(0, body));
        String coding = String.join(", ", headers.all("content-encoding"));
        boolean isPlain = coding.isEmpty() || coding.equalsIgnoreCase("identity");
        if (isPlain || body.isEmpty() || Compression.looksDecoded(coding, body)) {
            return new Decoded.Plain(read);
        }
        Decoded decoded = ContentCoding.decode(read, coding);
        if (decoded instanceof Decoded.Plain) {
            notes.accept(Kind.BODY_DECODED, coding);
        } else {
            String reason =
                    decoded instanceof Decoded.Undecodable broken ? broken.reason() : coding + ": it is cut short";
            notes.accept(Kind.BODY_NOT_DECODED, reason);
        }
        return decoded;
    }

    private List<Bytes> cut(String contentType, Bytes body) {
        if (body.isEmpty()) {
            return List.of();
        }
        Framer framer = settings.framers().apply(contentType);
        List<Frame> frames = new ArrayList<>(framer.feed(body, 0));
        frames.addAll(framer.finish());
        return frames.stream().map(Frame::bytes).toList();
    }

    /** As the headers say; where they say nothing (HTTP/2), several frames were a stream. */
    private static Framing framing(Headers headers, List<Frame> frames) {
        String transferEncoding = headers.first("transfer-encoding").orElse("").toLowerCase(Locale.ROOT);
        boolean chunked =
                transferEncoding.contains("chunked") || (!headers.contains("content-length") && frames.size() > 1);
        return chunked ? Framing.CHUNKED : Framing.LENGTH;
    }

    /** The body's length; for HEAD what the header announced, if anything. */
    private static long declaredBytes(String method, Headers headers, Bytes body) {
        if (!method.equals("HEAD")) {
            return body.length();
        }
        return headers.first("content-length")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
    }

    private static Headers headers(Map<String, YamlNode> message) {
        YamlNode headers = message.remove("headers");
        return headers == null || VcrJson.isAbsent(headers) ? Headers.EMPTY : VcrHeaders.read(headers);
    }

    private void ignoreRest(String prefix, Map<String, YamlNode> keys) {
        keys.keySet().forEach(key -> notes.accept(Kind.FIELD_IGNORED, prefix + key));
    }

    private static YamlNode take(Map<String, YamlNode> keys, String key, YamlNode owner) {
        YamlNode node = keys.remove(key);
        if (node == null) {
            throw owner.place().invalid("interaction", "no key " + key, "the key " + key, CORRECT);
        }
        return node;
    }

    static Request withHeaders(Request request, Headers headers) {
        return new Request(request.upstream(), request.method(), request.target(), headers, request.body());
    }
}
