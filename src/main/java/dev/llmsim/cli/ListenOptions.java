package dev.llmsim.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Where the gateway listens, how it stops and what it prints. */
final class ListenOptions {
    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    int port = 8080;

    @Option(
            names = "--drain",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = Quantities.DurationConverter.class,
            description = "How long open streams may go on after SIGTERM (default: ${DEFAULT-VALUE}).")
    Duration drain = Duration.ofSeconds(10);

    @Option(
            names = "--max-request",
            paramLabel = "SIZE",
            defaultValue = "64MB",
            converter = Quantities.BytesConverter.class,
            description = "Largest request that is matched; larger ones are answered 413 (default: ${DEFAULT-VALUE}).")
    long maxRequestBytes = 64L << 20;

    @Option(names = "--quiet", description = "No line on stderr for each request.")
    boolean quiet;
}
