package dev.llmsim.mode;

import dev.llmsim.cassette.redaction.RedactedRequest;
import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Request;
import org.jspecify.annotations.Nullable;

/** One request that an answer is looked for, redacted when that is first needed. Not thread-safe. */
final class Question {
    private final Request raw;
    private final Redactor redactor;
    private @Nullable RedactedRequest redacted;

    Question(Request raw, Redactor redactor) {
        this.raw = raw;
        this.redactor = redactor;
    }

    /** As it came from the client. Holds credentials. */
    Request raw() {
        return raw;
    }

    RedactedRequest redacted() {
        if (redacted == null) {
            redacted = redactor.redact(raw);
        }
        return redacted;
    }
}
