package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.Ids;
import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The real traffic in the test resources, and settings to import it without the rest of the program. */
public final class Corpus {
    public static final Path FOLDER = Path.of("src/test/resources/real-traffic");

    private static final Map<String, String> NAMES = Map.of(
            "api.openai.com", "openai",
            "api.anthropic.com", "anthropic",
            "generativelanguage.googleapis.com", "gemini");

    private Corpus() {}

    /** All 112 files. */
    public static List<Path> files() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ImportSettings settings() {
        return new ImportSettings(Corpus::route, LocalFramer::new, new Redactor(), ids());
    }

    private static Optional<Route> route(URI uri) {
        return Optional.ofNullable(NAMES.get(uri.getHost()))
                .map(name -> new Route(name, Route.toOrigin(uri).target()));
    }

    /** Ids from the raw request. */
    private static Ids ids() {
        return request -> request.upstream().replaceAll("[^a-z]+", "-") + "-" + digest(request);
    }

    private static String digest(Request request) {
        byte[] head = (request.upstream() + request.method() + request.target()).getBytes(StandardCharsets.UTF_8);
        return Key.hash(head, request.body().toArray()).hex().substring(0, 8);
    }
}
