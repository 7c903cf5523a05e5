package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.provider.SecretNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * One text of a message in which secrets are looked for: first those that tell by name or shape, then, when those of all
 * surfaces are known, every occurrence of each. Then its placeholders are written.
 */
final class Surface {
    /** Base64 inside base64 inside base64 is followed so far. */
    private static final int MAX_DEPTH = 3;

    private final FoldedText text;
    private final Place place;
    private final boolean secret;
    private final List<Span> spans = new ArrayList<>();
    private final List<KnownValues> searched = new ArrayList<>();

    Surface(Bytes text, Place place) {
        this(text, place, false);
    }

    private Surface(Bytes text, Place place, boolean secret) {
        this.text = FoldedText.of(text);
        this.place = place;
        this.secret = secret;
    }

    /** A text that is one secret as a whole, because the name it goes by says so. */
    static Surface secret(Bytes text, Place place) {
        return new Surface(text, place, true);
    }

    Bytes original() {
        return text.original();
    }

    /** Finds secrets by name and by shape, and gives them to {@code learned}. */
    void discover(Consumer<Secret> learned) {
        Consumer<Span> found = span -> {
            spans.add(span);
            learned.accept(span.secret());
        };
        if (secret) {
            whole(found);
            return;
        }
        if (place == Place.BINARY) {
            return;
        }
        if (place == Place.TEXT) {
            SecretFields.find(text, found);
        } else {
            fields(found);
        }
        SecretUrls.find(text, found);
        KeyPatterns.find(text, found);
        Base64Runs.find(text, learned);
    }

    /** Finds every occurrence of {@code known}, also one that only looks like part of an escape ({@code %9f8e...}). */
    void search(KnownValues known) {
        if (known.isEmpty()) {
            return;
        }
        searched.add(known);
        known.find(text, spans::add);
        if (text.isFolded()) {
            known.find(FoldedText.unfolded(original()), span -> {
                if (span.form() == Span.Form.PLAIN) {
                    spans.add(Span.plain(text.indexCovering(span.from()), text.indexOf(span.to()), span.secret()));
                }
            });
        }
    }

    /** Whether anything was found. */
    boolean isTouched() {
        return !spans.isEmpty();
    }

    /** The replacements of all that was found, numbered by {@code ledger}. */
    Edits edits(Ledger ledger) {
        return edits(ledger, 0);
    }

    private Edits edits(Ledger ledger, int depth) {
        Edits edits = new Edits();
        for (Span span : disjoint()) {
            edits.add(text.originalStart(span.from()), text.originalEnd(span.to()), replacement(span, ledger, depth));
        }
        return edits;
    }

    private Bytes replacement(Span span, Ledger ledger, int depth) {
        if (span.form() == Span.Form.BASE64 && depth < MAX_DEPTH) {
            Base64Text run = new Base64Text(span.from(), span.to());
            Bytes plain = run.decode(text).orElse(Bytes.EMPTY);
            Surface inner = new Surface(plain, Place.BINARY);
            searched.forEach(inner::search);
            Edits edits = inner.edits(ledger, depth + 1);
            if (!edits.isEmpty()) {
                Bytes encoded = run.encode(text, edits.apply(plain));
                return place == Place.URL ? Percent.encode(encoded) : encoded;
            }
        }
        Placeholder placeholder = ledger.placeholder(span.secret());
        boolean encoded = place == Place.URL || text.isPercentEncoded(span.from(), span.to());
        return encoded ? placeholder.urlBytes() : placeholder.bytes();
    }

    /** The spans in order; of those that overlap, the one that begins first, or else is longer, or else was known. */
    private List<Span> disjoint() {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingInt(Span::from)
                .thenComparing(Comparator.comparingInt(Span::to).reversed())
                .thenComparing(span -> span.form())
                .thenComparing(span -> span.secret().kind()));
        List<Span> disjoint = new ArrayList<>();
        for (Span span : sorted) {
            int last = disjoint.size() - 1;
            if (last < 0 || disjoint.get(last).to() <= span.from()) {
                disjoint.add(span);
            } else if (!disjoint.get(last).covers(span)) {
                disjoint.set(last, disjoint.get(last).union(span));
            }
        }
        return disjoint;
    }

    private void whole(Consumer<Span> found) {
        if (text.length() > 0) {
            found.accept(Span.plain(0, text.length(), Secret.field(text.slice(0, text.length()))));
        }
    }

    private void fields(Consumer<Span> found) {
        for (QueryPart part : QueryPart.ofForm(original())) {
            if (SecretNames.isSecretField(part.name()) && part.valueFrom() < part.to()) {
                Secret secretValue = Secret.field(part.value());
                found.accept(Span.plain(text.indexOf(part.valueFrom()), text.indexOf(part.to()), secretValue));
            }
        }
    }
}
