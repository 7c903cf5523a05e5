package dev.llmsim.synth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which beginnings of prompts a provider still knows: the least recently used goes first, each after five minutes without
 * use. A beginning counts from 1,024 tokens on, in steps of 128 (platform.openai.com "Prompt caching").
 */
final class PromptCache {
    private static final int MAX_BEGINNINGS = 20_000;
    private static final int MIN_TOKENS = 1_024;
    private static final int STEP_TOKENS = 128;
    private static final long KEPT_SECONDS = 300;

    /** What a beginning takes in memory, about. */
    private static final long ENTRY_BYTES = 112;

    private final Kept kept;
    private boolean closed;

    private final Map<Long, Long> lastUseSeconds = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MAX_BEGINNINGS;
        }
    };

    /**
     * A beginning of a prompt.
     *
     * @param hash of all of it
     * @param tokens of all of it
     */
    record Beginning(long hash, int tokens) {}

    /** How many tokens of a prompt were known, and how many are known from now on beside these. */
    record Hit(int readTokens, int writtenTokens) {
        static final Hit NONE = new Hit(0, 0);
    }

    PromptCache() {
        this(new Kept());
    }

    /** @param kept told of what comes and goes */
    PromptCache(Kept kept) {
        this.kept = kept;
    }

    /** Forgets everything, and keeps nothing more. */
    synchronized void close() {
        kept.add(-ENTRY_BYTES * lastUseSeconds.size());
        lastUseSeconds.clear();
        closed = true;
    }

    /** Looks up the beginnings of a prompt, the shortest first, and keeps them. */
    synchronized Hit use(List<Beginning> beginnings, long nowSeconds) {
        int known = 0;
        int all = 0;
        int before = lastUseSeconds.size();
        for (Beginning beginning : beginnings) {
            if (beginning.tokens() < MIN_TOKENS) {
                continue;
            }
            all = stepped(beginning.tokens());
            Long last = closed ? null : lastUseSeconds.put(beginning.hash(), nowSeconds);
            if (last != null && nowSeconds - last <= KEPT_SECONDS) {
                known = all;
            }
        }
        kept.add(ENTRY_BYTES * (lastUseSeconds.size() - before));
        return new Hit(known, all - known);
    }

    private static int stepped(int tokens) {
        return tokens / STEP_TOKENS * STEP_TOKENS;
    }
}
