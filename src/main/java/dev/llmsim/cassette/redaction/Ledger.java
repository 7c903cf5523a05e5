package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which placeholder stands for which secret in one exchange. Mutable, used by one thread; a copy continues the numbers of the
 * request in the answer.
 */
final class Ledger {
    private final Map<Bytes, Placeholder> placeholders = new HashMap<>();
    private final Map<Placeholder, Bytes> values = new LinkedHashMap<>();
    private final Map<SecretKind, Integer> used = new EnumMap<>(SecretKind.class);

    Ledger() {}

    Ledger(Ledger other) {
        placeholders.putAll(other.placeholders);
        values.putAll(other.values);
        used.putAll(other.used);
    }

    /**
     * The placeholder of {@code secret}: the one its value has already, else the next of its kind. A literal placeholder
     * of the request's own credentials stays what it is; those of other kinds are numbered like values.
     */
    Placeholder placeholder(Secret secret) {
        Placeholder known = placeholders.get(secret.value());
        if (known != null) {
            return known;
        }
        if (secret.kind().isRole()) {
            Placeholder literal = Placeholder.parse(secret.value().utf8()).orElse(null);
            if (literal != null) {
                return literal;
            }
        }
        Placeholder next = new Placeholder(secret.kind(), used.merge(secret.kind(), 1, Integer::sum));
        placeholders.put(secret.value(), next);
        values.put(next, secret.value());
        return next;
    }

    /** What {@code placeholder} stands for; empty where this exchange has no such secret. */
    Bytes valueOrEmpty(Placeholder placeholder) {
        return values.getOrDefault(placeholder, Bytes.EMPTY);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    int size() {
        return values.size();
    }

    /** Every secret so far, by first appearance. */
    List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>();
        values.forEach((placeholder, value) -> secrets.add(new Secret(placeholder.kind(), value)));
        return secrets;
    }
}
