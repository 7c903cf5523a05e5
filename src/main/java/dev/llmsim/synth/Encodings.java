package dev.llmsim.synth;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Which tokenizer a model has, and the tokenizers themselves, loaded once per process.
 *
 * <p>The table is tiktoken's of August 2026 (tiktoken/model.py); names that it does not have count as the newest encoding.
 */
final class Encodings {
    private static final Pattern CL100K = Pattern.compile(
            "gpt-4|gpt-4-.*|gpt-3\\.5.*|gpt-35-turbo.*|davinci-002|babbage-002|text-embedding-(ada-002|3-small|3-large)");
    private static final Pattern P50K = Pattern.compile("text-davinci-00[23]|code-.*");
    private static final Pattern R50K = Pattern.compile(
            "text-davinci-001|text-(curie|babbage|ada)-001|davinci|curie|babbage|ada|text-(similarity|search)-.*");
    private static final Pattern BEFORE = Pattern.compile("^(ft:|models/|.*/)");

    private static final Map<EncodingType, CompletableFuture<Encoding>> LOADED = new ConcurrentHashMap<>();
    private static final EncodingRegistry REGISTRY = com.knuddels.jtokkit.Encodings.newLazyEncodingRegistry();

    private Encodings() {}

    /** Characters per token where a model's tokenizer is not public; 0 where it is. */
    static double charactersPerToken(String model) {
        String id = model.toLowerCase(Locale.ROOT);
        if (id.contains("claude")) {
            return 3.5;
        }
        return id.contains("gemini") || id.contains("gemma") ? 4 : 0;
    }

    static EncodingType type(String model) {
        String id = BEFORE.matcher(model.toLowerCase(Locale.ROOT)).replaceFirst("");
        int colon = id.indexOf(':');
        String name = colon < 0 ? id : id.substring(0, colon);
        if (CL100K.matcher(name).matches()) {
            return EncodingType.CL100K_BASE;
        }
        if (P50K.matcher(name).matches()) {
            return EncodingType.P50K_BASE;
        }
        return R50K.matcher(name).matches() ? EncodingType.R50K_BASE : EncodingType.O200K_BASE;
    }

    static Encoding of(String model) {
        return loaded(type(model)).join();
    }

    /** The encoding; loading begins when it is first asked for, and nobody need wait. */
    static CompletableFuture<Encoding> loaded(EncodingType type) {
        return LOADED.computeIfAbsent(type, Encodings::load);
    }

    /** Parses the merges, of which the newest encoding has 200,000, in a second or two: a thread of its own does that. */
    private static CompletableFuture<Encoding> load(EncodingType type) {
        return CompletableFuture.supplyAsync(() -> REGISTRY.getEncoding(type), Encodings::start);
    }

    private static void start(Runnable load) {
        Thread thread = new Thread(load, "llmsim-tokens");
        thread.setDaemon(true);
        thread.start();
    }
}
