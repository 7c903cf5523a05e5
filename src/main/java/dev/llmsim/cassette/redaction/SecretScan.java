package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Looks for secrets in a text that should have none, and tells where they are, never what they are. Thread-safe. */
public final class SecretScan {
    /** How the line of a frame may end in a cassette file. */
    private static final String ENDS_OF_FRAMES = "'\"}";

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
            if (isSecretOnItsLine(folded, span)) {
                spans.add(span);
            }
        });
        SecretUrls.find(folded, spans::add);
        List<Secret> inBase64 = new ArrayList<>();
        Base64Runs.find(folded, inBase64::add);
        KnownValues.of(inBase64).find(folded, spans::add);
        environment.find(folded, spans::add);
        spans.removeIf(span -> isPlaceholder(span.secret()));
        return findings(folded, spans);
    }

    /**
     * Whether a field's value is a secret as far as its line goes, beside the placeholder it begins with. A cassette has one frame a line:
     * where a frame ends inside JSON, what follows to the next quote is the file's own.
     */
    private static boolean isSecretOnItsLine(FoldedText text, Span span) {
        int from = afterPlaceholder(text, span.from(), span.to());
        int to = from;
        while (to < span.to() && !(text.at(to) == '\n' && text.originalBytes(to) == 1)) {
            to++;
        }
        while (to < span.to() && to > from && ENDS_OF_FRAMES.indexOf(text.at(to - 1)) >= 0) {
            to--;
        }
        return Secret.field(text.slice(from, to)).isSearchable();
    }

    private static int afterPlaceholder(FoldedText text, int from, int to) {
        int end = Math.min(to, from + Placeholder.MAX_CHARS);
        return Placeholder.leading(text.slice(from, end).utf8())
                .map(placeholder -> from + placeholder.text().length())
                .orElse(from);
    }

    /** Of a private key's, the ends of frames may stand around it: where one is, no character of the key is left. */
    private static boolean isPlaceholder(Secret secret) {
        String value = secret.value().utf8();
        if (secret.kind() != SecretKind.PRIVATE_KEY) {
            return Placeholder.parse(value).isPresent();
        }
        int start = value.indexOf(Placeholder.PREFIX);
        return start >= 0 && Placeholder.leading(value.substring(start)).isPresent();
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
