package dev.llmsim.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Prints what is logged, one line a record: {@code llmsim: warning: ...}; with the stack where that is asked for. */
final class LogLines extends Handler {
    private static final List<String> CONFIGURATIONS =
            List.of("java.util.logging.config.file", "java.util.logging.config.class");

    private final PrintWriter err;
    private final boolean stacks;

    private LogLines(PrintWriter err, boolean stacks) {
        this.err = err;
        this.stacks = stacks;
        setFormatter(new SimpleFormatter());
        setLevel(Level.INFO);
    }

    /** Takes the place of what the platform prints, unless logging was configured by the user. */
    static void install(PrintWriter err, boolean stacks) {
        if (CONFIGURATIONS.stream().anyMatch(name -> System.getProperty(name) != null)) {
            return;
        }
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LogLines(err, stacks));
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        Throwable thrown = record.getThrown();
        String text = getFormatter().formatMessage(record) + (thrown == null ? "" : ": " + thrown);
        err.println("llmsim: " + word(record.getLevel()) + ": " + text.replaceAll("\\s*\\R\\s*", " "));
        if (stacks && thrown != null) {
            thrown.printStackTrace(err);
        }
    }

    private static String word(Level level) {
        return level.equals(Level.SEVERE) ? "error" : level.getName().toLowerCase(Locale.ROOT);
    }

    @Override
    public void flush() {
        err.flush();
    }

    /** Leaves standard error open. */
    @Override
    public void close() {
        flush();
    }
}
