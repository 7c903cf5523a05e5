package dev.llmsim;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmsim.cassette.importing.Corpus;
import dev.llmsim.exchange.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** One file of the real traffic, read by Jackson and without our own reader: what was asked, and what came back. */
record Conversation(Path file, List<Turn> turns) {
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+(?:[eE][-+]?\\d+)?");
    private static final Set<String> CONNECTION =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("api.openai.com", "openai"),
            Map.entry("generativelanguage.googleapis.com", "gemini"),
            Map.entry("api.anthropic.com", "anthropic"),
            Map.entry("bedrock-runtime.us-east-1.amazonaws.com", "bedrock"),
            Map.entry("openrouter.ai", "openrouter"),
            Map.entry("api.mistral.ai", "mistral"),
            Map.entry("api.deepseek.com", "deepseek"),
            Map.entry("router.huggingface.co", "huggingface"),
            Map.entry("api.cerebras.ai", "cerebras"),
            Map.entry("api.groq.com", "groq"),
            Map.entry("api.cohere.com", "cohere"),
            Map.entry("api.z.ai", "zai"));

    /** One header line. */
    record Line(String name, String value) {}

    /** What a client asks: the path begins with the upstream's name. */
    record Asked(String upstream, String method, String target, List<Line> headers, Bytes body) {
        Asked withBody(JsonNode json) throws IOException {
            return new Asked(upstream, method, target, headers, Bytes.utf8(JSON.writeValueAsString(json)));
        }
    }

    /** @param verbatim whether {@code body} is what came over the wire, and not the value that the source kept of it */
    record Turn(Asked asked, int status, Bytes body, boolean verbatim) {
        /** Equal to the byte; where the source kept but a value, a fraction may be spelled in another way (2.50, 2.5). */
        boolean isAnsweredBy(Bytes other) {
            return verbatim ? other.equals(body) : inOneSpelling(other).equals(inOneSpelling(body));
        }
    }

    /** All 112, by name. */
    static List<Conversation> all() {
        return Corpus.files().stream().map(Conversation::read).toList();
    }

    private static Conversation read(Path file) {
        List<Turn> turns = new ArrayList<>();
        try {
            for (JsonNode interaction : YAML.readTree(file.toFile()).get("interactions")) {
                JsonNode response = interaction.get("response");
                JsonNode parsed = response.get("parsed_body");
                Bytes body = parsed == null ? plain(response.at("/body/string")) : compact(parsed);
                int status = response.at("/status/code").asInt();
                turns.add(new Turn(asked(interaction.get("request")), status, body, parsed == null));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Conversation(file, turns);
    }

    private static Asked asked(JsonNode request) throws IOException {
        URI uri = URI.create(request.get("uri").asText());
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        List<Line> headers = new ArrayList<>();
        request.get("headers").properties().forEach(line -> {
            for (JsonNode value : line.getValue()) {
                if (!CONNECTION.contains(line.getKey())) {
                    headers.add(new Line(line.getKey(), value.asText()));
                }
            }
        });
        JsonNode parsed = request.has("parsed_body") ? request.get("parsed_body") : request.get("body");
        return new Asked(
                Objects.requireNonNull(NAMES.get(uri.getHost())),
                request.get("method").asText(),
                uri.getRawPath() + query,
                headers,
                parsed.isObject() ? compact(parsed) : plain(parsed));
    }

    private static Bytes plain(JsonNode node) throws IOException {
        return node.isBinary()
                ? Bytes.wrap(node.binaryValue())
                : Bytes.wrap(node.asText().getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes compact(JsonNode value) throws IOException {
        return Bytes.utf8(JSON.writeValueAsString(value));
    }

    private static String inOneSpelling(Bytes json) {
        return FRACTION.matcher(json.utf8())
                .replaceAll(number ->
                        new BigDecimal(number.group()).stripTrailingZeros().toPlainString());
    }
}
