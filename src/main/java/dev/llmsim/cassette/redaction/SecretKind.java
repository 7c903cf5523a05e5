package dev.llmsim.cassette.redaction;

import java.util.Locale;
import java.util.Optional;

/** What a secret is: the part of a request it was the credential of, or whose key it looks like. Names its placeholder. */
public enum SecretKind {
    /** The key of the API: {@code Authorization}, {@code x-api-key}, {@code ?key=} and the like. */
    CREDENTIAL(true),
    /** User and password of a Basic credential, joined by a colon. */
    USERINFO(true),
    /** The password of a Basic credential. */
    PASSWORD(true),
    /** The value of {@code Proxy-Authorization}. */
    PROXY(true),
    /** The value of one cookie. */
    COOKIE(true),
    /** The value of a field, part or parameter whose name says that it is secret. */
    FIELD(false),
    /** The value of an environment variable whose name says that it is secret. */
    ENVIRONMENT(false),
    ANTHROPIC(false),
    AWS(false),
    BEARER(false),
    BEDROCK(false),
    CEREBRAS(false),
    EPHEMERAL(false),
    FIREWORKS(false),
    GITHUB(false),
    GITLAB(false),
    GOOGLE(false),
    GROQ(false),
    HUGGINGFACE(false),
    JWT(false),
    LANGSMITH(false),
    NPM(false),
    NVIDIA(false),
    OPENAI(false),
    OPENROUTER(false),
    PERPLEXITY(false),
    PRIVATE_KEY(false),
    REPLICATE(false),
    SLACK(false),
    STRIPE(false),
    TAVILY(false),
    TOGETHER(false),
    XAI(false);

    private final boolean role;

    SecretKind(boolean role) {
        this.role = role;
    }

    /** Whether such secrets are numbered by their place in the request's head, whatever they look like. */
    boolean isRole() {
        return role;
    }

    /** The name in placeholders: lower case, {@code -} between words. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<SecretKind> byId(String id) {
        for (SecretKind kind : values()) {
            if (kind.id().equals(id)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
