package dev.llmsim.cassette.redaction;

/**
 * The next occurrence of one text in another, asked for places that never go back. Remembers what it found, so that no
 * number of questions reads a character twice. Used by one thread.
 */
final class NextOccurrence {
    private final String text;
    private final String wanted;
    private int found = -1;
    private long readChars;

    NextOccurrence(String text, String wanted) {
        this.text = text;
        this.wanted = wanted;
    }

    /** Where it first begins at or after {@code from}; the text's length where it does not. */
    int from(int from) {
        if (found < from) {
            int next = text.indexOf(wanted, from);
            found = next < 0 ? text.length() : next;
            readChars += found - from;
        }
        return found;
    }

    /** How many characters were read so far. */
    long readChars() {
        return readChars;
    }
}
