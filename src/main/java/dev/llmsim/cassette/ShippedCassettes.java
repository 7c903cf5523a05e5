package dev.llmsim.cassette;

import dev.llmsim.cassette.text.Place;
import dev.llmsim.exchange.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The real conversations that come with llmsim, read from the class path; the same files as {@code cassettes/} in the source. */
public final class ShippedCassettes {
    /** Their names. */
    public static final List<String> NAMES = List.of("anthropic", "gemini", "openai");

    private static final String FOLDER = "/dev/llmsim/cassettes/";

    private ShippedCassettes() {}

    /** All of them, by name. */
    public static List<Cassette> read() {
        return NAMES.stream().map(ShippedCassettes::read).toList();
    }

    private static Cassette read(String name) {
        String resource = FOLDER + name + CassetteFiles.SUFFIX;
        try (InputStream in = ShippedCassettes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "resource: " + resource + " missing (expected: in the jar); build it anew");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            return new Cassette(
                    name, CassetteText.parse(name + CassetteFiles.SUFFIX, reader, ShippedCassettes::noBlob));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static Bytes noBlob(String sha256, Place place) {
        throw place.invalid("blob", sha256, "no blobs in shipped cassettes", "write the body as base64");
    }
}
