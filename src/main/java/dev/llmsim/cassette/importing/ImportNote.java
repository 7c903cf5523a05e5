package dev.llmsim.cassette.importing;

/**
 * One thing that a source did not carry, or that was changed on the way in.
 *
 * @param file the source
 * @param interaction its number within the source, from 1; 0 for the whole file
 */
public record ImportNote(String file, int interaction, Kind kind, String detail) {
    /** What happened. */
    public enum Kind {
        /** The source has no offsets: they come from {@link ModelledTiming}. */
        TIMING_MODELLED("timing modelled"),
        /** The source kept none of the request headers that take part in matching. */
        REQUEST_HEADERS_UNKNOWN("request headers unknown"),
        /** The source has a JSON value where the wire had bytes: they are our fixed serialisation of it. */
        BODY_RESERIALISED("body serialised anew"),
        /** A content encoding was undone. */
        BODY_DECODED("content encoding undone"),
        /** A content encoding could not be undone, or not to the end: the answer is cut there. */
        BODY_NOT_DECODED("answer cut where its content encoding could not be undone"),
        /** A number that JSON cannot hold became {@code null}. */
        NUMBER_LOST("number lost"),
        /** An address held characters that addresses cannot: they were percent-encoded. */
        ADDRESS_MENDED("address mended"),
        /** No upstream is known for the address: the recording belongs to its origin. */
        UPSTREAM_UNKNOWN("kept under its origin"),
        /** The source has a field that recordings have no place for. */
        FIELD_IGNORED("field ignored"),
        /** A file in the folder is no cassette of a known kind. */
        FILE_IGNORED("file ignored");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    @Override
    public String toString() {
        String where = interaction == 0 ? file : file + ", interaction " + interaction;
        return where + ": " + kind.words() + (detail.isEmpty() ? "" : ": " + detail);
    }
}
