package dev.llmsim.synth.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** Short strings of a format, a pattern, a length. */
final class StringSample {
    private static final List<String> WORDS =
            List.of("apple", "river", "cloud", "garden", "silver", "island", "story", "window", "bridge", "winter");
    private static final int MAX_LENGTH = 1 << 20;

    private StringSample() {}

    static String draw(JsonNode schema, SplittableRandom random, int spread) throws NoSuchValueException {
        int least = Math.min(MAX_LENGTH, schema.path("minLength").asInt(0));
        int most = Math.max(0, schema.path("maxLength").asInt(Integer.MAX_VALUE));
        if (least > most) {
            throw new NoSuchValueException("minLength " + least + " is above maxLength " + most);
        }
        if (schema.path("pattern").isTextual()) {
            Optional<String> matching =
                    PatternSample.draw(schema.path("pattern").asText(), least, most, random);
            if (matching.isPresent()) {
                return matching.get();
            }
        }
        Optional<String> formatted = formatted(schema.path("format").asText(), random);
        return formatted.isPresent() ? formatted.get() : word(least, most, random, spread);
    }

    private static String word(int least, int most, SplittableRandom random, int spread) {
        StringBuilder text = new StringBuilder(one(random));
        if (spread > 1) {
            text.insert(0, random.nextInt(spread));
        }
        while (text.length() < least) {
            text.append(' ').append(one(random));
        }
        int length = Math.min(text.length(), most);
        String cut = text.substring(0, length);
        return cut.endsWith(" ") && length > 0 ? cut.substring(0, length - 1) + "s" : cut;
    }

    private static String one(SplittableRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static Optional<String> formatted(String format, SplittableRandom random) {
        String value = switch (format) {
            case "date-time" -> "2025-01-" + day(random) + "T12:00:00Z";
            case "date" -> "2025-01-" + day(random);
            case "time" -> "12:00:00Z";
            case "duration" -> "P1D";
            case "email", "idn-email" -> one(random) + "@example.com";
            case "hostname", "idn-hostname" -> one(random) + ".example.com";
            case "ipv4" -> "192.0.2." + random.nextInt(1, 255);
            case "ipv6" -> "2001:db8::" + Integer.toHexString(random.nextInt(1, 65_536));
            case "uuid" -> uuid(random);
            case "uri", "url", "iri", "uri-reference", "iri-reference" -> "https://example.com/" + one(random);
            case "uri-template" -> "https://example.com/{id}";
            case "json-pointer" -> "/" + one(random);
            case "relative-json-pointer" -> "0";
            default -> "";
        };
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static String day(SplittableRandom random) {
        return Integer.toString(random.nextInt(10, 29));
    }

    private static String uuid(SplittableRandom random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
