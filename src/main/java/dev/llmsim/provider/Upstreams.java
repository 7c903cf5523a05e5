package dev.llmsim.provider;

import static dev.llmsim.provider.Dialect.ANTHROPIC;
import static dev.llmsim.provider.Dialect.BEDROCK;
import static dev.llmsim.provider.Dialect.COHERE;
import static dev.llmsim.provider.Dialect.GEMINI;
import static dev.llmsim.provider.Dialect.OLLAMA;
import static dev.llmsim.provider.Dialect.OPENAI;

import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The upstreams by name: the well-known ones and those the user adds. Immutable. */
public final class Upstreams {
    private static final Upstreams WELL_KNOWN = new Upstreams(Map.of())
            .and("openai", "https://api.openai.com", OPENAI)
            .and("anthropic", "https://api.anthropic.com", ANTHROPIC)
            .and("gemini", "https://generativelanguage.googleapis.com", GEMINI)
            .and("groq", "https://api.groq.com", OPENAI)
            .and("mistral", "https://api.mistral.ai", OPENAI)
            .and("deepseek", "https://api.deepseek.com", OPENAI)
            .and("openrouter", "https://openrouter.ai", OPENAI)
            .and("cohere", "https://api.cohere.com", COHERE)
            .and("xai", "https://api.x.ai", OPENAI)
            .and("zai", "https://api.z.ai", OPENAI)
            .and("huggingface", "https://router.huggingface.co", OPENAI)
            .and("together", "https://api.together.xyz", OPENAI)
            .and("fireworks", "https://api.fireworks.ai", OPENAI)
            .and("cerebras", "https://api.cerebras.ai", OPENAI)
            .and("ollama", "http://127.0.0.1:11434", OLLAMA)
            .and("openresponses", null, OPENAI)
            .and("azure", null, OPENAI)
            .and("bedrock", null, BEDROCK);

    private final Map<String, Upstream> byName;

    private Upstreams(Map<String, Upstream> byName) {
        this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** A request target taken apart at our own prefix. */
    public record Split(Upstream upstream, String target) {}

    public static Upstreams wellKnown() {
        return WELL_KNOWN;
    }

    /**
     * These upstreams and the one that {@code option} ({@code NAME=URL[,dialect=D]}) names; it replaces one of the same name,
     * whose dialect it keeps unless it states another.
     *
     * @throws dev.llmsim.exchange.LlmSimException with {@code USAGE}, where the option is wrong
     */
    public Upstreams with(String option) {
        UpstreamOption parsed = UpstreamOption.parse(option);
        Dialect before = byName(parsed.name()).map(Upstream::dialect).orElse(Dialect.RAW);
        return plus(new Upstream(parsed.name(), parsed.base(), parsed.dialect().orElse(before)));
    }

    /** These upstreams and, without an address, those of {@code names} that are missing; what cannot be a name is left out. */
    public Upstreams withNames(Collection<String> names) {
        Upstreams all = this;
        for (String name : names) {
            if (UpstreamOption.isName(name) && !byName.containsKey(name)) {
                all = all.plus(new Upstream(name, null, Dialect.RAW));
            }
        }
        return all;
    }

    public Optional<Upstream> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All upstreams, in the order in which they were first named. */
    public Collection<Upstream> all() {
        return byName.values();
    }

    /**
     * The upstream under whose base {@code url} lies (the longest base, ignoring the case of the host and usual ports), or else
     * {@code azure} or {@code bedrock} where the host looks like theirs, or else the bare origin.
     */
    public Located locate(URI url) {
        String origin = UrlOrigin.of(url);
        String path = url.getRawPath();
        Upstream best = null;
        int longest = -1;
        for (Upstream upstream : byName.values()) {
            int length =
                    upstream.base().map(base -> matched(base, origin, path)).orElse(-1);
            if (length > longest) {
                best = upstream;
                longest = length;
            }
        }
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String name = best == null ? byHost(url).orElse(origin) : best.name();
        return new Located(name, rooted(path.substring(Math.max(longest, 0))) + query);
    }

    /**
     * {@code requestTarget} ({@code /NAME/rest?query}) as the upstream of that name and what is left, undecoded. Empty where
     * no upstream has that name. Doubled slashes before and after the name are read as one.
     */
    public Optional<Split> split(String requestTarget) {
        int start = afterSlashes(requestTarget, 0);
        int end = start;
        while (end < requestTarget.length() && requestTarget.charAt(end) != '/' && requestTarget.charAt(end) != '?') {
            end++;
        }
        if (start == 0) {
            return Optional.empty();
        }
        String rest = requestTarget.substring(afterSlashes(requestTarget, end));
        return byName(requestTarget.substring(start, end)).map(upstream -> new Split(upstream, rooted(rest)));
    }

    private Upstreams and(String name, @Nullable String base, Dialect dialect) {
        return plus(new Upstream(name, base == null ? null : URI.create(base), dialect));
    }

    private Upstreams plus(Upstream upstream) {
        Map<String, Upstream> more = new LinkedHashMap<>(byName);
        more.put(upstream.name(), upstream);
        return new Upstreams(more);
    }

    /** How many characters of {@code path} the path of {@code base} takes, or -1 where it does not lie under it. */
    private static int matched(URI base, String origin, String path) {
        String prefix = base.getRawPath();
        boolean under = UrlOrigin.of(base).equals(origin)
                && path.startsWith(prefix)
                && (path.length() == prefix.length() || prefix.isEmpty() || path.charAt(prefix.length()) == '/');
        return under ? prefix.length() : -1;
    }

    private static Optional<String> byHost(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.endsWith(".openai.azure.com")) {
            return Optional.of("azure");
        }
        boolean bedrock = host.startsWith("bedrock-runtime.") && host.endsWith(".amazonaws.com");
        return bedrock ? Optional.of("bedrock") : Optional.empty();
    }

    private static String rooted(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    private static int afterSlashes(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '/') {
            at++;
        }
        return at;
    }
}
