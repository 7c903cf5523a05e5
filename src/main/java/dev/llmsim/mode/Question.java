package dev.llmsim.mode;

import dev.llmsim.cassette.redaction.RedactedRequest;
import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Request;
import org.jspecify.annotations.Nullable;

/** One request that an answer is looked for, redacted when that is first needed. Not thread-safe. */
final class Question {
    private final Request raw;
    private final Redactor redactor;
    private final Session session;
    private @Nullable RedactedRequest redacted;

    Question(Request raw, Redactor redactor, Session session) {
        this.raw = raw;
        this.redactor = redactor;
        this.session = session;
    }

    /** As it came from the client. Holds credentials. */
    Request raw() {
        return raw;
    }

    /** Whose question it is. */
    Session session() {
        return session;
    }

    RedactedRequest redacted() {
        if (redacted == null) {
            redacted = redactor.redact(raw);
        }
        return redacted;
    }
}
