package dev.llmsim.gateway;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What one class logs while this is open. */
final class LogTap extends Handler implements AutoCloseable {
    private final Logger logger;
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    private LogTap(Logger logger) {
        this.logger = logger;
    }

    static LogTap of(Class<?> speaker) {
        LogTap tap = new LogTap(Logger.getLogger(speaker.getName()));
        tap.logger.addHandler(tap);
        return tap;
    }

    boolean said(String text) {
        return said.stream().anyMatch(line -> line.contains(text));
    }

    @Override
    public void publish(LogRecord entry) {
        said.add(formatter.formatMessage(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
