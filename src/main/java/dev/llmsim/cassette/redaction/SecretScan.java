package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Looks for secrets in a text that should have none, and tells where they are, never what they are. Thread-safe. */
public final class SecretScan {
    private final KnownValues environment;

    /**
     * A secret in a text.
     *
     * @param line from 1
     */
    public record Finding(int line, SecretKind kind) implements Comparable<Finding> {
        @Override
        public int compareTo(Finding other) {
            return Comparator.comparingInt(Finding::line)
                    .thenComparing(Finding::kind)
                    .compare(this, other);
        }
    }

    /** {@code environment}: variables whose secret values are looked for besides what looks like a key. */
    public SecretScan(Map<String, String> environment) {
        this.environment = KnownValues.of(Environment.secrets(environment));
    }

    /** Every secret in {@code text}, by line. Placeholders are none, nor are words in secret fields. */
    public List<Finding> scan(Bytes text) {
        FoldedText folded = FoldedText.of(text);
        List<Span> spans = new ArrayList<>();
        KeyPatterns.find(folded, spans::add);
        SecretFields.find(folded, span -> {
            if (span.secret().isSearchable()) {
                spans.add(span);
            }
        });
        SecretUrls.find(folded, spans::add);
        environment.find(folded, spans::add);
        spans.removeIf(span -> Placeholder.parse(span.secret().value().utf8()).isPresent());
        return findings(folded, spans);
    }

    private static List<Finding> findings(FoldedText text, List<Span> spans) {
        spans.sort(Comparator.comparingInt(Span::from));
        TreeSet<Finding> findings = new TreeSet<>();
        int line = 1;
        int at = 0;
        for (Span span : spans) {
            int position = text.originalStart(span.from());
            for (; at < position; at++) {
                if (text.original().at(at) == '\n') {
                    line++;
                }
            }
            findings.add(new Finding(line, span.secret().kind()));
        }
        return List.copyOf(findings);
    }
}
