package dev.llmsim.provider.anthropic;

import dev.llmsim.provider.simulation.Ids;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How ids begin: {@code msg_01} and {@code toolu_01}, with the host between where a cloud hosts the models
 * ({@code msg_bdrk_01}).
 *
 * @param host with an underscore behind it; empty for Anthropic itself
 */
record IdStyle(String host) {
    static final IdStyle ANTHROPIC = new IdStyle("");

    private static final int LENGTH = 22;
    private static final Pattern DRAWN = Pattern.compile("(tooluse_|toolu_01)([a-zA-Z0-9]{" + LENGTH + "})");

    String message(Ids ids) {
        return ids.alphanumeric("msg_" + host + "01", LENGTH);
    }

    /** An id that was drawn for a call, in this style; another one, of a script, as it is. */
    String toolUse(String id) {
        Matcher drawn = DRAWN.matcher(id);
        return drawn.matches() ? "toolu_" + host + "01" + drawn.group(2) : id;
    }

    String toolUse(Ids ids) {
        return ids.alphanumeric("toolu_" + host + "01", LENGTH);
    }
}
