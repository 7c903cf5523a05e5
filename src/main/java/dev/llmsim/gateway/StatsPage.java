package dev.llmsim.gateway;

import java.util.List;
import java.util.Map;

/** {@code /llmsim/stats}: what was counted. */
final class StatsPage implements OwnPage {
    private static final String PLACE = "/llmsim/stats";

    private final GatewayParts parts;

    StatsPage(GatewayParts parts) {
        this.parts = parts;
    }

    @Override
    public String place() {
        return PLACE;
    }

    @Override
    public List<String> methods(String path) {
        return path.equals(PLACE) ? List.of("GET") : List.of();
    }

    @Override
    public OwnAnswer answer(Asked asked) {
        return OwnAnswer.json(200, OwnJson.write(json -> {
            json.writeStringField("mode", parts.decider().mode().id());
            TrafficPage.write(parts.counters().traffic().snapshot(), json);
            json.writeNumberField("sessions", parts.sessions().count());
            for (Map.Entry<String, Long> count : parts.counters().snapshot().entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
        }));
    }
}
