package dev.llmsim.mode;

import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Recording;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.timing.StreamTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What recordings tell of a service's speed.
 *
 * @param streams those that were streamed and measured
 * @param modelled recordings whose times were not measured
 * @param others recordings of which nothing is learned: not streamed, without text, or errors
 */
public record Observation(List<StreamTimes> streams, int modelled, int others) {
    private static final double MICROS = 1_000;

    public Observation {
        streams = List.copyOf(streams);
    }

    /** What {@code recordings} tell, of models whose id contains {@code modelPart}. */
    public static Observation of(List<Recording> recordings, String modelPart) {
        List<StreamTimes> streams = new ArrayList<>();
        int modelled = 0;
        int others = 0;
        for (Recording recording : recordings) {
            if (!RecordedTokens.isToModel(recording.request(), modelPart)) {
                continue;
            }
            if (recording.response().timing() != TimingSource.RECORDED) {
                modelled++;
            } else if (!observe(recording, streams)) {
                others++;
            }
        }
        return new Observation(streams, modelled, others);
    }

    /** A frame of several tokens counts as that many gaps, all alike. */
    private static boolean observe(Recording recording, List<StreamTimes> streams) {
        Response response = recording.response();
        int status = response.head().map(ResponseHead::status).orElse(0);
        RecordedTokens tokens = RecordedTokens.of(recording.request(), response);
        int first = 0;
        while (first < tokens.byFrame().size() && tokens.byFrame().get(first) == 0) {
            first++;
        }
        if (status != 200 || first == tokens.byFrame().size()) {
            return false;
        }
        List<Frame> frames = response.frames();
        List<Double> gaps = new ArrayList<>();
        int before = first;
        for (int i = first + 1; i < frames.size(); i++) {
            int fresh = tokens.byFrame().get(i);
            if (fresh > 0) {
                double wait = (frames.get(i).offsetMicros() - frames.get(before).offsetMicros()) / MICROS;
                gaps.addAll(Collections.nCopies(fresh, Math.max(0, wait) / fresh));
                before = i;
            }
        }
        streams.add(new StreamTimes(tokens.prompt(), frames.get(first).offsetMicros() / MICROS, gaps));
        return true;
    }
}
