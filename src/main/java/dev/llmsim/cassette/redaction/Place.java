package dev.llmsim.cassette.redaction;

/** What kind of text a secret is looked for in, and so how its placeholder is written there. */
enum Place {
    /** A request target or a form: placeholders are percent-encoded. */
    URL,
    /** JSON, prose, a header value. */
    TEXT,
    /** Audio, images: only known values are looked for. */
    BINARY
}
