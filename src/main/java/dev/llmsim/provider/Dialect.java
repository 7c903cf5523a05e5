package dev.llmsim.provider;

import java.util.Locale;
import java.util.Optional;

/** One provider's wire format: the shape of its requests, streams and errors. */
public enum Dialect {
    OPENAI,
    ANTHROPIC,
    GEMINI,
    BEDROCK,
    COHERE,
    OLLAMA,
    /** Nothing is known about the bytes. */
    RAW;

    /** The name in options and files: lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The dialect whose {@link #id()} is {@code id}. */
    public static Optional<Dialect> byId(String id) {
        for (Dialect dialect : values()) {
            if (dialect.id().equals(id)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }
}
