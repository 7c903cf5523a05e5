package dev.llmsim.gateway;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.llmsim.telemetry.Traffic;
import java.io.IOException;
import java.util.Map;

/** The part of the stats page that clients read: requests to providers' APIs. */
final class TrafficPage {
    private TrafficPage() {}

    /** Writes members of an object that has begun. */
    static void write(Traffic.Snapshot traffic, JsonGenerator json) throws IOException {
        json.writeNumberField("uptime_secs", traffic.uptimeSeconds());
        for (Map.Entry<String, Long> count : traffic.counts().entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeNumberField("requests_per_second", traffic.requestsPerSecond());
        Traffic.Latency latency = traffic.latencyOrNull();
        if (latency == null) {
            json.writeNullField("avg_latency_ms");
            json.writeNullField("min_latency_ms");
            json.writeNullField("max_latency_ms");
        } else {
            json.writeNumberField("avg_latency_ms", latency.meanMillis());
            json.writeNumberField("min_latency_ms", latency.leastMillis());
            json.writeNumberField("max_latency_ms", latency.mostMillis());
        }
        json.writeObjectFieldStart("model_requests");
        for (Map.Entry<String, Long> model : traffic.requestsByModel().entrySet()) {
            json.writeNumberField(model.getKey(), model.getValue());
        }
        json.writeEndObject();
    }
}
