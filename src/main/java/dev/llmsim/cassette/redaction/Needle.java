package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;

/**
 * What is looked for where a known value may stand.
 *
 * @param skippedChars base64 characters of the value's first group that are before the core; -1 for a plain needle
 */
record Needle(Bytes bytes, Secret secret, int skippedChars) {
    boolean isPlain() {
        return skippedChars < 0;
    }

    int length() {
        return bytes.length();
    }
}
