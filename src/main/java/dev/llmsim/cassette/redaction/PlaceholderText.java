package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A recorded text in which placeholders are looked for, as they are, percent-encoded and inside base64. */
final class PlaceholderText {
    private static final KnownValues MARKER = KnownValues.marker(Bytes.utf8(Placeholder.PREFIX));
    private static final int MAX_DEPTH = 3;

    private final FoldedText text;
    private final boolean json;

    PlaceholderText(Bytes text, boolean json) {
        this.text = FoldedText.of(text);
        this.json = json;
    }

    /** The replacements of the placeholders that {@code ledger} has a secret for. */
    Edits edits(Ledger ledger) {
        return edits(ledger, 0);
    }

    private Edits edits(Ledger ledger, int depth) {
        List<Span> spans = new ArrayList<>();
        MARKER.find(text, spans::add);
        spans.sort(Comparator.comparingInt(Span::from));
        Edits edits = new Edits();
        int end = 0;
        for (Span span : spans) {
            if (span.from() >= end) {
                end = span.form() == Span.Form.PLAIN
                        ? plain(span.from(), edits, ledger)
                        : base64(new Base64Text(span.from(), span.to()), edits, ledger, depth);
            }
        }
        return edits;
    }

    private int plain(int from, Edits edits, Ledger ledger) {
        int close = from + Placeholder.PREFIX.length();
        while (close < text.length() && close - from < Placeholder.MAX_CHARS && text.at(close) != '}') {
            close++;
        }
        int to = Math.min(text.length(), close + Placeholder.SUFFIX.length());
        Optional<Bytes> value = Placeholder.parse(text.slice(from, to).utf8())
                .map(ledger::valueOrEmpty)
                .filter(secret -> !secret.isEmpty());
        value.ifPresent(secret -> edits.add(text.originalStart(from), text.originalEnd(to), written(secret, from, to)));
        return value.isPresent() ? to : from + 1;
    }

    private Bytes written(Bytes secret, int from, int to) {
        if (text.isPercentEncoded(from, to)) {
            return Percent.encode(secret);
        }
        return json ? JsonEscape.escape(secret) : secret;
    }

    private int base64(Base64Text run, Edits edits, Ledger ledger, int depth) {
        Optional<Bytes> plain = depth < MAX_DEPTH ? run.decode(text) : Optional.empty();
        plain.ifPresent(bytes -> {
            Edits inner = new PlaceholderText(bytes, json).edits(ledger, depth + 1);
            if (!inner.isEmpty()) {
                Bytes encoded = run.encode(text, inner.apply(bytes));
                boolean url = text.isPercentEncoded(run.from(), run.to());
                edits.add(
                        text.originalStart(run.from()),
                        text.originalEnd(run.to()),
                        url ? Percent.encode(encoded) : encoded);
            }
        });
        return run.to();
    }
}
