package dev.llmsim.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The header fields that belong to one connection and not to what is sent over it (RFC 9110, section 7.6.1), by their names in lower case.
 */
public final class ConnectionFields {
    /** Those that an intermediary removes or makes anew whether or not {@code Connection} names them. */
    public static final Set<String> NAMES =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade");

    private ConnectionFields() {}

    /** {@link #NAMES} and {@code more}. */
    public static Set<String> and(String... more) {
        return Stream.concat(NAMES.stream(), Arrays.stream(more)).collect(Collectors.toUnmodifiableSet());
    }

    /** What a message declares a field of its connection, by the values of its {@code Connection} lines. */
    public static Set<String> declared(List<String> connectionValues) {
        if (connectionValues.isEmpty()) {
            return Set.of();
        }
        return connectionValues.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
