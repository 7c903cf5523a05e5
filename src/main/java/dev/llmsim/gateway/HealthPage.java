package dev.llmsim.gateway;

import java.util.List;

/** {@code /health}: whether the gateway is there, for everybody. */
final class HealthPage implements OwnPage {
    private final String version;
    private final String mode;

    HealthPage(String version, String mode) {
        this.version = version;
        this.mode = mode;
    }

    @Override
    public String place() {
        return OwnPages.HEALTH;
    }

    @Override
    public List<String> methods(String path) {
        return path.equals(OwnPages.HEALTH) ? List.of("GET") : List.of();
    }

    @Override
    public OwnAnswer answer(Asked asked) {
        return OwnAnswer.json(200, OwnJson.write(json -> {
            json.writeStringField("status", "ok");
            json.writeStringField("service", "llmsim");
            json.writeStringField("version", version);
            json.writeStringField("mode", mode);
        }));
    }
}
