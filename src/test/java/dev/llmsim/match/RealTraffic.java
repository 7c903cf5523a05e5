package dev.llmsim.match;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Header;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The requests of the recorded real traffic, read without any code of ours. */
final class RealTraffic {
    static final List<Recorded> ALL = load();

    private static final int INTERACTIONS = 170;

    private RealTraffic() {}

    /** One request and the file it stands in. */
    record Recorded(String file, Request request) {
        /** The body as the JSON that it has to be. */
        JsonNode json() {
            return Oracle.json(request).orElseThrow();
        }

        @Override
        public String toString() {
            return file + " " + request.method() + " " + request.target();
        }
    }

    private static List<Recorded> load() {
        Path root = Path.of("src/test/resources/real-traffic");
        try (Stream<Path> files = Files.walk(root)) {
            List<Recorded> all = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                addAll(root.relativize(file).toString(), Files.readString(file), all);
            }
            if (all.size() != INTERACTIONS) {
                throw new IllegalStateException(all.size() + " interactions (expected: " + INTERACTIONS + ")");
            }
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addAll(String file, String text, List<Recorded> all) throws JsonProcessingException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        Map<?, ?> cassette = new Yaml(new SafeConstructor(options)).load(text);
        for (Object interaction : (List<?>) member(cassette, "interactions")) {
            all.add(new Recorded(file, request((Map<?, ?>) member((Map<?, ?>) interaction, "request"))));
        }
    }

    private static Request request(Map<?, ?> recorded) throws JsonProcessingException {
        URI uri = URI.create(String.valueOf(recorded.get("uri")));
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return new Request(
                uri.getScheme() + "://" + uri.getAuthority(),
                String.valueOf(recorded.get("method")),
                target,
                headers((Map<?, ?>) member(recorded, "headers")),
                body(recorded));
    }

    private static Object member(Map<?, ?> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    private static Headers headers(Map<?, ?> recorded) {
        List<Header> lines = new ArrayList<>();
        recorded.forEach((name, values) -> {
            for (Object value : values instanceof List<?> list ? list : List.of(values)) {
                String text = value instanceof byte[] bytes
                        ? new String(bytes, StandardCharsets.ISO_8859_1)
                        : String.valueOf(value);
                lines.add(new Header(String.valueOf(name), text));
            }
        });
        return Headers.of(lines);
    }

    private static Bytes body(Map<?, ?> recorded) throws JsonProcessingException {
        Object parsed = recorded.get("parsed_body");
        if (parsed != null) {
            return Bytes.wrap(new ObjectMapper().writeValueAsBytes(parsed));
        }
        Object body = recorded.get("body") instanceof Map<?, ?> map ? map.get("string") : recorded.get("body");
        return body instanceof byte[] bytes
                ? Bytes.copyOf(bytes)
                : Bytes.utf8(body == null ? "" : String.valueOf(body));
    }
}
