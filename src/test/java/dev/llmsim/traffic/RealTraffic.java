package dev.llmsim.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The recorded provider traffic under src/test/resources/real-traffic, read without our own importer. */
public final class RealTraffic {
    private static final Path ROOT = Path.of("src/test/resources/real-traffic");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One request and its answer; bodies that the source kept as a structure are serialised compactly. */
    public record Interaction(
            String file,
            String method,
            String uri,
            Headers requestHeaders,
            Bytes requestBody,
            Headers headers,
            Bytes body) {}

    private RealTraffic() {}

    public static List<Interaction> all() {
        List<Interaction> all = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(ROOT)) {
            for (Path path :
                    paths.filter(p -> p.toString().endsWith(".yaml")).sorted().toList()) {
                all.addAll(read(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    public static List<Bytes> bodies(String mediaType) {
        return all().stream()
                .filter(one -> one.headers().first("content-type").orElse("").startsWith(mediaType))
                .map(Interaction::body)
                .toList();
    }

    private static List<Interaction> read(Path path) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(64 << 20);
        try (InputStream in = Files.newInputStream(path)) {
            Map<?, ?> root = new Yaml(new SafeConstructor(options)).load(in);
            List<Interaction> interactions = new ArrayList<>();
            for (Object one : (List<?>) root.get("interactions")) {
                Map<?, ?> request = (Map<?, ?>) ((Map<?, ?>) one).get("request");
                Map<?, ?> response = (Map<?, ?>) ((Map<?, ?>) one).get("response");
                interactions.add(new Interaction(
                        ROOT.relativize(path).toString(),
                        String.valueOf(request.get("method")),
                        String.valueOf(request.get("uri")),
                        headers(request),
                        body(request),
                        headers(response),
                        body(response)));
            }
            return interactions;
        }
    }

    private static Headers headers(Map<?, ?> message) {
        List<Header> lines = new ArrayList<>();
        ((Map<?, ?>) message.get("headers")).forEach((name, values) -> {
            for (Object value : (List<?>) values) {
                lines.add(new Header(name.toString(), new String(bytes(value).toArray(), StandardCharsets.ISO_8859_1)));
            }
        });
        return Headers.of(lines);
    }

    private static Bytes body(Map<?, ?> message) throws JsonProcessingException {
        if (message.containsKey("parsed_body")) {
            return Bytes.wrap(JSON.writeValueAsBytes(message.get("parsed_body")));
        }
        Object body = message.get("body");
        return bytes(body instanceof Map<?, ?> map ? map.get("string") : body);
    }

    private static Bytes bytes(Object scalar) {
        return scalar instanceof byte[] binary
                ? Bytes.wrap(binary)
                : scalar == null ? Bytes.EMPTY : Bytes.utf8(scalar.toString());
    }
}
