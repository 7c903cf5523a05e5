package dev.llmsim.cli;

import dev.llmsim.exchange.Bytes;
import java.util.Optional;

/**
 * One conversation of the demo.
 *
 * @param expected the body as it is shipped
 * @param recorded what the client got while recording
 * @param replayed what it got when the upstream was gone
 */
record DemoConversation(String name, Bytes expected, Heard recorded, Heard replayed) {

    /**
     * What a client heard.
     *
     * @param source the value of {@code x-llmsim-source}
     * @param events blank lines in the body, each of which ends an event
     */
    record Heard(int status, String source, Bytes bytes, long events, long totalMillis) {}

    /** What is not as it should be; empty where all is. */
    Optional<String> difference() {
        if (!recorded.source().equals("upstream")) {
            return Optional.of("NO: not forwarded, but " + recorded.source());
        }
        if (!replayed.source().equals("recorded")) {
            return Optional.of("NO: missed, " + replayed.status() + " from " + replayed.source());
        }
        if (recorded.status() != replayed.status()) {
            return Optional.of("NO: status " + recorded.status() + " became " + replayed.status());
        }
        if (!recorded.bytes().equals(expected)) {
            return Optional.of("NO: recorded bytes differ from the shipped ones");
        }
        return recorded.bytes().equals(replayed.bytes())
                ? Optional.empty()
                : Optional.of("NO: replayed bytes differ from the recorded ones");
    }
}
