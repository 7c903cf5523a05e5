package dev.llmsim.provider.bedrock;

import dev.llmsim.provider.simulation.Call;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The id of a model in a path: a foundation model's, an inference profile's ({@code us.} before it), or an ARN of one of these.
 *
 * @param id without what an ARN says before it
 */
record ModelId(String id) {
    private static final Pattern BEFORE = Pattern.compile("^(.*\\.)?anthropic\\.");
    private static final Pattern VERSION = Pattern.compile("-v\\d+(:\\d+.*)?$");

    static ModelId of(Call call) {
        String id = call.variables().get(0);
        return new ModelId(id.startsWith("arn:") ? id.substring(id.lastIndexOf('/') + 1) : id);
    }

    String lowerCase() {
        return id.toLowerCase(Locale.ROOT);
    }

    boolean contains(String name) {
        return lowerCase().contains(name);
    }

    boolean isClaude() {
        return contains("anthropic.");
    }

    /** The id that Anthropic itself gives the model. */
    String claude() {
        return VERSION.matcher(BEFORE.matcher(id).replaceFirst("")).replaceFirst("");
    }
}
