package dev.llmsim.mode;

import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.timing.LatencyProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Gives recorded answers the times that a latency profile would. Thread-safe. */
public final class Retiming {
    private final LatencyProfile profile;
    private final AtomicLong seeds;

    /** @param seed the waits follow from it and from the order of the answers */
    public Retiming(LatencyProfile profile, long seed) {
        this.profile = profile;
        this.seeds = new AtomicLong(seed);
    }

    /**
     * {@code recorded} with new offsets: head and first text after the TTFT, further text a gap for each of its tokens later,
     * everything else with what is before it.
     */
    Response at(Request request, Response recorded) {
        RandomGenerator random = new SplittableRandom(seeds.getAndIncrement());
        RecordedTokens tokens = RecordedTokens.of(request, recorded);
        long ttft = profile.ttftMicros(tokens.prompt(), random);
        long now = tokens.streamed() ? ttft : ttft + gaps(tokens.completion() - 1, random);
        long head = now;
        List<Frame> frames = new ArrayList<>();
        boolean begun = false;
        for (int i = 0; i < recorded.frames().size(); i++) {
            int fresh = tokens.streamed() ? tokens.byFrame().get(i) : 0;
            now += begun ? gaps(fresh, random) : 0;
            begun |= fresh > 0;
            frames.add(new Frame(now, recorded.frames().get(i).bytes()));
        }
        return new Response(
                recorded.headOrNull(),
                recorded.framing(),
                recorded.declaredBytes(),
                frames,
                recorded.trailers(),
                TimingSource.MODELLED,
                head,
                now,
                recorded.ending());
    }

    private long gaps(int tokens, RandomGenerator random) {
        long sum = 0;
        for (int i = 0; i < tokens; i++) {
            sum += profile.gapMicros(random);
        }
        return sum;
    }
}
