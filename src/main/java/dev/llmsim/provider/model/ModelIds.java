package dev.llmsim.provider.model;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The spellings of a model's id: with a date, with a provider before it, with dots or dashes in its version. */
final class ModelIds {
    private static final Pattern DATED = Pattern.compile(".+-(\\d{4}-\\d{2}-\\d{2}|\\d{8}|\\d{4})");
    private static final Pattern DATE = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{8})$");
    private static final Pattern BEFORE = Pattern.compile("^(ft:|models/|.*/|([a-z-]+\\.)?anthropic\\.)");
    private static final Pattern BEDROCK_VERSION = Pattern.compile("-v\\d+(:\\d+)?$");
    private static final Pattern DASHED_VERSION = Pattern.compile("(?<=-)(\\d+)-(\\d)(?=-|$)");
    private static final Pattern OPENAI = Pattern.compile(
            "(gpt|chatgpt|o\\d|text-|omni-|dall-e|whisper|tts|davinci|babbage|codex|computer-use|sora).*");

    private ModelIds() {}

    static boolean isDated(String id) {
        return DATED.matcher(id).matches();
    }

    /** {@code id} as the catalogue may spell it, the likeliest first. */
    static Set<String> spellings(String id) {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(id);
        String bare = bare(id);
        spellings.add(bare);
        String undated = DATE.matcher(bare).replaceFirst("");
        spellings.add(undated);
        if (bare.startsWith("claude")) {
            spellings.add(bare.replace('.', '-'));
            spellings.add(undated.replace('.', '-'));
            spellings.add(DASHED_VERSION.matcher(undated).replaceFirst("$1.$2"));
        }
        return spellings;
    }

    private static String bare(String id) {
        String bare = BEFORE.matcher(id).replaceFirst("");
        if (id.startsWith("ft:")) {
            int colon = bare.indexOf(':');
            return colon < 0 ? bare : bare.substring(0, colon);
        }
        return bare.startsWith("claude") ? BEDROCK_VERSION.matcher(bare).replaceFirst("") : bare;
    }

    /** Whose model {@code id} probably is; {@code llmsim} where its name says nothing. */
    static String owner(String id) {
        String bare = bare(id).toLowerCase(Locale.ROOT);
        if (bare.startsWith("claude")) {
            return "anthropic";
        }
        if (bare.startsWith("gemini") || bare.startsWith("gemma")) {
            return "google";
        }
        if (bare.startsWith("deepseek")) {
            return "deepseek";
        }
        return OPENAI.matcher(bare).matches() ? "openai" : "llmsim";
    }
}
