package dev.llmsim.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaked a network buffer. Found by JUnit through its service file; {@link CollectingLeakDetector},
 * which tells it, is named by a system property in pom.xml, so that it is there before any buffer is. Classes whose names end in {@code WireTest} or {@code SdkTest} are checked.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final int COLLECTIONS = 3;
    private static final int ALLOCATIONS = 64;

    static void report(String leak) {
        LEAKS.add(leak);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Whatever leaked before is reported to the class that ends next.
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String name = context.getRequiredTestClass().getSimpleName();
        if (name.endsWith("WireTest") || name.endsWith("SdkTest")) {
            collect();
            assertThat(drain()).as("leaked buffers").isEmpty();
        }
    }

    /** Collects garbage, and allocates, since leaks are reported on allocation. */
    static void collect() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            for (int k = 0; k < ALLOCATIONS; k++) {
                ByteBufAllocator.DEFAULT.buffer(1).release();
            }
        }
    }

    /** The leaks reported since the last call. */
    static Queue<String> drain() {
        Queue<String> drained = new ConcurrentLinkedQueue<>();
        for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
            drained.add(leak);
        }
        return drained;
    }
}
