package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.List;

/**
 * How one provider's keys look: a prefix, then characters of a class.
 *
 * @param minChars fewer after the prefix are no key
 * @param maxChars more after the prefix are no key
 * @param keepsPrefix whether the prefix is no part of the secret ({@code Bearer })
 */
record KeyPattern(
        String prefix, SecretKind kind, Ascii.Test characters, int minChars, int maxChars, boolean keepsPrefix) {
    private static final int ANY = 4096;

    /** The longer of two prefixes that begin alike comes first. */
    static final List<KeyPattern> ALL = List.of(
            key("sk-ant-", SecretKind.ANTHROPIC, 20),
            key("sk-or-", SecretKind.OPENROUTER, 20),
            key("sk-", SecretKind.OPENAI, 20),
            key("sess-", SecretKind.OPENAI, 30),
            key("ek_", SecretKind.EPHEMERAL, 20),
            key("AIza", SecretKind.GOOGLE, 30),
            key("AQ.Ab", SecretKind.GOOGLE, 30),
            new KeyPattern("ya29.", SecretKind.GOOGLE, Ascii::isToken, 30, ANY, false),
            alphanumeric("gsk_", SecretKind.GROQ, 30),
            alphanumeric("hf_", SecretKind.HUGGINGFACE, 30),
            alphanumeric("xai-", SecretKind.XAI, 40),
            new KeyPattern("AKIA", SecretKind.AWS, Ascii::isUpperOrDigit, 16, 16, false),
            new KeyPattern("ASIA", SecretKind.AWS, Ascii::isUpperOrDigit, 16, 16, false),
            new KeyPattern("ABSK", SecretKind.BEDROCK, Ascii::isBase64, 60, ANY, false),
            new KeyPattern("bedrock-api-key-", SecretKind.BEDROCK, Ascii::isBase64, 40, ANY, false),
            alphanumeric("ghp_", SecretKind.GITHUB, 36),
            alphanumeric("gho_", SecretKind.GITHUB, 36),
            alphanumeric("ghu_", SecretKind.GITHUB, 36),
            alphanumeric("ghs_", SecretKind.GITHUB, 36),
            alphanumeric("ghr_", SecretKind.GITHUB, 36),
            key("github_pat_", SecretKind.GITHUB, 40),
            key("glpat-", SecretKind.GITLAB, 20),
            alphanumeric("pplx-", SecretKind.PERPLEXITY, 40),
            key("nvapi-", SecretKind.NVIDIA, 40),
            alphanumeric("r8_", SecretKind.REPLICATE, 30),
            alphanumeric("csk-", SecretKind.CEREBRAS, 30),
            key("tgp_v1_", SecretKind.TOGETHER, 30),
            alphanumeric("fw_", SecretKind.FIREWORKS, 20),
            key("tvly-", SecretKind.TAVILY, 20),
            key("lsv2_", SecretKind.LANGSMITH, 30),
            alphanumeric("npm_", SecretKind.NPM, 36),
            key("xoxb-", SecretKind.SLACK, 20),
            key("xoxp-", SecretKind.SLACK, 20),
            key("xapp-", SecretKind.SLACK, 20),
            alphanumeric("sk_live_", SecretKind.STRIPE, 20),
            alphanumeric("sk_test_", SecretKind.STRIPE, 20),
            alphanumeric("rk_live_", SecretKind.STRIPE, 20),
            new KeyPattern("Bearer ", SecretKind.BEARER, Ascii::isToken, 16, ANY, true),
            new KeyPattern("bearer ", SecretKind.BEARER, Ascii::isToken, 16, ANY, true));

    private static KeyPattern key(String prefix, SecretKind kind, int minChars) {
        return new KeyPattern(prefix, kind, Ascii::isKey, minChars, ANY, false);
    }

    private static KeyPattern alphanumeric(String prefix, SecretKind kind, int minChars) {
        return new KeyPattern(prefix, kind, Ascii::isAlphanumeric, minChars, ANY, false);
    }

    Bytes prefixBytes() {
        return Bytes.utf8(prefix);
    }

    /** Where the key whose prefix ends at {@code start} ends; -1 where it is none. */
    int endOfKey(FoldedText text, int start) {
        int end = start;
        while (end < text.length() && characters.accepts(text.at(end)) && end - start <= maxChars) {
            end++;
        }
        while (end > start && !Ascii.isAlphanumeric(text.at(end - 1)) && text.at(end - 1) != '=') {
            end--;
        }
        int chars = end - start;
        if (chars < minChars || chars > maxChars || Ascii.isAlphanumeric(text.peek(end))) {
            return -1;
        }
        Bytes tail = text.slice(start, end);
        return WordLike.test(tail) ? -1 : end;
    }
}
