package dev.llmsim.recorder;

import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeChange;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what is written to a tape, commit by commit, on its way there. */
final class WrittenChanges {
    private final List<List<?>> writes = new CopyOnWriteArrayList<>();
    private final Tape noting;

    WrittenChanges(Tape tape) {
        this.noting = (Tape) Proxy.newProxyInstance(
                Tape.class.getClassLoader(), new Class<?>[] {Tape.class}, (self, method, given) -> {
                    if (method.getName().equals("write")) {
                        writes.add(List.copyOf((List<?>) given[0]));
                    }
                    try {
                        return method.invoke(tape, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The tape, seen through this. */
    Tape tape() {
        return noting;
    }

    /** How many commits had a change of {@code kind}. */
    long writesWith(Class<? extends TapeChange> kind) {
        return writes.stream()
                .filter(changes -> changes.stream().anyMatch(kind::isInstance))
                .count();
    }
}
