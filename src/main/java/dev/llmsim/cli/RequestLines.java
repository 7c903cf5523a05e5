package dev.llmsim.cli;

import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.exchange.Ending;
import dev.llmsim.gateway.RequestLog;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Prints one line for each request:
 *
 * <pre>POST /openai/v1/chat/completions 200 recorded canonical ttft=380ms 1402B 812ms</pre>
 *
 * Secrets in the path are placeholders, and what is no printable ASCII is escaped: a client chooses the path, and neither a log
 * nor a terminal may suffer from it. Owns a daemon thread that prints, so that a slow terminal holds up no event loop.
 */
final class RequestLines implements RequestLog, AutoCloseable {
    private static final double NANOS_PER_MS = 1e6;

    private final PrintWriter err;
    private final Redactor redactor;
    private final ExecutorService printer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "llmsim-lines");
        thread.setDaemon(true);
        return thread;
    });

    RequestLines(PrintWriter err, Redactor redactor) {
        this.err = err;
        this.redactor = redactor;
    }

    @Override
    public void ended(Line line) {
        if (!printer.isShutdown()) {
            printer.execute(() -> err.println(format(line)));
        }
    }

    /** Prints what waits, for at most a second. */
    @Override
    public void close() {
        printer.shutdown();
        try {
            printer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String format(Line line) {
        StringBuilder text = new StringBuilder(printable(line.method())).append(' ');
        text.append(printable(redactor.loggable(line.path())));
        text.append(' ').append(line.status() == 0 ? "-" : String.valueOf(line.status()));
        text.append(' ').append(line.source().isEmpty() ? "-" : line.source());
        if (!line.match().isEmpty()) {
            text.append(' ').append(line.match());
        }
        if (!line.faults().isEmpty()) {
            text.append(" fault=").append(printable(line.faults()));
        }
        line.session().ifPresent(id -> text.append(" session=").append(printable(redactor.loggable(id))));
        if (line.ttftNanos() >= 0) {
            text.append(" ttft=").append(millis(line.ttftNanos()));
        }
        text.append(' ').append(line.bodyBytes()).append("B ").append(millis(line.durationNanos()));
        if (line.stopped()) {
            text.append(" gateway-stopped");
        } else if (line.ending() != Ending.COMPLETE) {
            text.append(' ').append(Words.of(line.ending()));
        }
        return text.toString();
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c > ' ' && c <= '~') {
                printable.append((char) c);
            } else {
                printable.append(String.format(Locale.ROOT, c <= 0xff ? "\\x%02x" : "\\u%04x", c));
            }
        });
        return printable.toString();
    }

    private static String millis(long nanos) {
        double millis = nanos / NANOS_PER_MS;
        return String.format(Locale.ROOT, millis < 10 ? "%.1fms" : "%.0fms", millis);
    }
}
