package dev.llmsim.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The next signal to end this process, which the virtual machine itself ignores once it shuts down.
 *
 * <p>{@code sun.misc.Signal} is all that the JDK offers, in its module {@code jdk.unsupported}. It is reached by reflection, so
 * that where it is missing, or told to leave signals alone ({@code -Xrs}), only the second Ctrl-C is lost.
 */
final class NextSignal {
    private static final Logger LOG = LoggerFactory.getLogger(NextSignal.class);
    private static final List<String> NAMES = List.of("INT", "TERM");

    private NextSignal() {}

    /** From now on SIGINT and SIGTERM run {@code action}, each on a thread of its own. */
    static void runs(Runnable action) {
        for (String name : NAMES) {
            try {
                handle(name, action);
            } catch (ReflectiveOperationException e) {
                LOG.debug("signal {}: cannot be heard", name, e);
            }
        }
    }

    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object runsAction = Proxy.newProxyInstance(
                NextSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        action.run();
                    }
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), runsAction);
    }
}
