package dev.llmsim.store;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Brings a database to the newest schema, one step at a time, each recorded in the table {@code schema_step}. */
final class Migrations {
    private final List<Migration> steps;

    Migrations(List<Migration> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Whether a database that is only read would have to be written first. */
    boolean isBehind(H2Database database) {
        return refuseNewer(database, database.call("read the schema version", Migrations::version)) < newest();
    }

    void run(H2Database database) {
        int done = database.call("read the schema version", handle -> {
            handle.execute("CREATE TABLE IF NOT EXISTS schema_step (version INTEGER NOT NULL PRIMARY KEY,"
                    + " description VARCHAR(1000) NOT NULL)");
            return version(handle);
        });
        refuseNewer(database, done);
        for (Migration step : steps) {
            if (step.version() > done) {
                database.transact("migrate the schema to version " + step.version(), handle -> run(handle, step));
            }
        }
    }

    private static void run(Handle handle, Migration step) {
        step.statements().forEach(sql -> handle.execute(H2Database.dialect(sql)));
        handle.execute(
                "INSERT INTO schema_step (version, description) VALUES (?, ?)", step.version(), step.description());
    }

    private static int version(Handle handle) {
        return handle.createQuery("SELECT COALESCE(MAX(version), 0) FROM schema_step")
                .mapTo(Integer.class)
                .one();
    }

    private int refuseNewer(H2Database database, int version) {
        if (version > newest()) {
            throw new LlmSimException(
                    ErrorCode.TAPE_UNUSABLE,
                    "tape " + database.directory() + ": schema version " + version + " (expected: at most " + newest()
                            + "): a newer llmsim has written it; use that one, or name another place with --store");
        }
        return version;
    }

    private int newest() {
        return steps.get(steps.size() - 1).version();
    }
}
