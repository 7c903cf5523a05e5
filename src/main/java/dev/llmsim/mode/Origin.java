package dev.llmsim.mode;

/** Where an answer that needed no network comes from, as the client and the request line are told. */
public sealed interface Origin {
    Origin SYNTHETIC = new Synthetic();
    Origin FAULT = new Fault();
    Origin SCRIPT = new Scripted();

    /** The value of {@code x-llmsim-source}. */
    String source();

    /**
     * A recording.
     *
     * @param cassette the cassette's name
     * @param recordingId the recording within it
     * @param match how it matched
     */
    record Recorded(String cassette, String recordingId, MatchTier match) implements Origin {
        @Override
        public String source() {
            return "recorded";
        }
    }

    /** A script, written beforehand. */
    record Scripted() implements Origin {
        @Override
        public String source() {
            return "script";
        }
    }

    /** The simulator: nothing like it was ever recorded. */
    record Synthetic() implements Origin {
        @Override
        public String source() {
            return "synthetic";
        }
    }

    /** An error on purpose, in place of an answer. */
    record Fault() implements Origin {
        @Override
        public String source() {
            return "fault";
        }
    }
}
