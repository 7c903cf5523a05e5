package dev.llmsim.match;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.match.Node.Fields;
import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Plain;
import dev.llmsim.match.Node.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads JSON whose meaning is beyond doubt. Empty for anything else: not JSON, text after the value, a name twice in one
 * object, numbers of more than 100 characters or beyond 1e±1000, nesting beyond 256, more than a million tokens.
 */
final class JsonReader {
    private static final int MAX_DEPTH = 256;
    private static final int MAX_TOKENS = 1_000_000;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_SCALE = 1_000;
    private static final int SURE_INTEGER_LENGTH = 18;
    private static final int MAX_PLAIN_SCALE = 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            // No table of names across requests: one client's names must not change how another's are read.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build();

    private JsonReader() {}

    private static final class Doubtful extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The value in {@code bytes}, which are UTF-8. */
    static Optional<Node> read(Bytes bytes) {
        return CharsetText.read(bytes, StandardCharsets.UTF_8).flatMap(JsonReader::read);
    }

    static Optional<Node> read(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            return Optional.of(document(parser));
        } catch (IOException doubtful) {
            return Optional.empty();
        }
    }

    private static Node document(JsonParser parser) throws IOException {
        Node value = value(parser, parser.nextToken());
        if (parser.nextToken() != null) {
            throw new Doubtful();
        }
        return value;
    }

    private static Node value(JsonParser parser, JsonToken token) throws IOException {
        if (token == null) {
            throw new Doubtful();
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE -> Plain.TRUE;
            case VALUE_FALSE -> Plain.FALSE;
            case VALUE_NULL -> Plain.NULL;
            default -> throw new Doubtful();
        };
    }

    private static Node object(JsonParser parser) throws IOException {
        SortedMap<String, Node> members = new TreeMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (members.put(name, value(parser, parser.nextToken())) != null) {
                throw new Doubtful();
            }
        }
        return new Fields(members);
    }

    private static Node array(JsonParser parser) throws IOException {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return new Items(items);
    }

    /** Numbers by value: 1, 1.0 and 1e0 have one spelling. */
    private static Node number(String spelling) throws IOException {
        boolean sure = spelling.length() <= SURE_INTEGER_LENGTH && isDigits(spelling);
        return sure ? new Plain(spelling) : new Plain(byValue(spelling));
    }

    private static boolean isDigits(String spelling) {
        for (int i = 0; i < spelling.length(); i++) {
            if (spelling.charAt(i) < '0' || spelling.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static String byValue(String spelling) throws IOException {
        if (spelling.length() > MAX_NUMBER_LENGTH) {
            throw new Doubtful();
        }
        BigDecimal value = decimal(spelling);
        if (value.signum() == 0) {
            return "0";
        }
        if (Math.abs((long) value.scale()) > MAX_SCALE) {
            throw new Doubtful();
        }
        BigDecimal shortest = value.stripTrailingZeros();
        return Math.abs(shortest.scale()) <= MAX_PLAIN_SCALE ? shortest.toPlainString() : shortest.toString();
    }

    private static BigDecimal decimal(String spelling) throws IOException {
        try {
            return new BigDecimal(spelling);
        } catch (NumberFormatException outOfRange) {
            throw new Doubtful();
        }
    }
}
