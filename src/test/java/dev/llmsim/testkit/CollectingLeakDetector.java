package dev.llmsim.testkit;

import io.netty.util.ResourceLeakDetector;

/** Tells {@link LeakCheck} of every leak. Made by Netty, by name. */
public final class CollectingLeakDetector<T> extends ResourceLeakDetector<T> {
    public CollectingLeakDetector(Class<T> resource, int samplingInterval) {
        super(resource, samplingInterval);
    }

    @SuppressWarnings("unused") // Netty looks for this constructor too
    public CollectingLeakDetector(Class<T> resource, int samplingInterval, long maxActive) {
        super(resource, samplingInterval);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        LeakCheck.report(resourceType + " " + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        LeakCheck.report(resourceType);
    }
}
