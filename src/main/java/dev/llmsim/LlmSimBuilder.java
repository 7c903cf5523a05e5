package dev.llmsim;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.gateway.GatewayConfig;
import dev.llmsim.gateway.RequestLog;
import dev.llmsim.mode.Latency;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.synth.SynthSettings;
import dev.llmsim.synth.errors.ErrorRates;
import dev.llmsim.synth.faults.Fault;
import dev.llmsim.synth.limits.Quota;
import dev.llmsim.synth.script.Script;
import dev.llmsim.timing.Pace;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Everything that a gateway can be told before it starts. */
public final class LlmSimBuilder {
    final Mode mode;
    GatewayConfig gateway = GatewayConfig.at("127.0.0.1", 0).withVersion(Version.CURRENT);
    Upstreams upstreams = Upstreams.wellKnown();
    Map<String, String> environment = Map.of();
    List<Path> files = List.of();

    @Nullable
    Path storeOrNull;

    @Nullable
    String cassetteOrNull;

    Pace pace = Pace.RECORDED;
    boolean recordErrors;
    boolean strict = true;
    RequestLog requestLog = RequestLog.NONE;
    SynthSettings simulator = SynthSettings.DEFAULT;

    @Nullable
    Script scriptOrNull;

    Latency latency = Latency.BY_MODEL;
    ErrorRates errors = ErrorRates.NONE;
    List<Fault> faults = List.of();
    Quota quota = Quota.NONE;
    long seed = new SecureRandom().nextLong();

    LlmSimBuilder(Mode mode) {
        this.mode = mode;
    }

    /** Address, limits, timeouts, TLS and proxies; {@code 127.0.0.1} and any free port where not told. */
    public LlmSimBuilder gateway(GatewayConfig config) {
        this.gateway = config.withVersion(Version.CURRENT);
        return this;
    }

    /** Changes the gateway's configuration as it stands. */
    public LlmSimBuilder gateway(UnaryOperator<GatewayConfig> change) {
        return gateway(change.apply(gateway));
    }

    /**
     * The largest request that is matched; larger ones are answered 413.
     *
     * @throws LlmSimException where that is not a size that can be held in memory
     */
    public LlmSimBuilder maxRequestBytes(long bytes) {
        try {
            return gateway(config -> config.withLimits(config.limits().withMaxRequestBytes(bytes)));
        } catch (IllegalArgumentException e) {
            throw new LlmSimException(ErrorCode.USAGE, "max-request: " + e.getMessage(), e);
        }
    }

    /** Which upstreams there are; the well-known ones where not told. */
    public LlmSimBuilder upstreams(Upstreams table) {
        this.upstreams = table;
        return this;
    }

    /** Variables whose secret values are kept out of everything that is written. */
    public LlmSimBuilder environment(Map<String, String> variables) {
        this.environment = Map.copyOf(variables);
        return this;
    }

    /** Cassette files, or folders of them, to replay; no tape is opened then. */
    public LlmSimBuilder files(List<Path> filesAndFolders) {
        this.files = List.copyOf(filesAndFolders);
        return this;
    }

    /** The folder of the tape. */
    public LlmSimBuilder store(Path folder) {
        this.storeOrNull = folder;
        return this;
    }

    /** The cassette that is recorded to ({@code default} where not told), or the only one that is replayed. */
    public LlmSimBuilder cassette(String name) {
        this.cassetteOrNull = name;
        return this;
    }

    /** Whether a request that replay has no recording for is an error; else the simulator answers it. An error where not told. */
    public LlmSimBuilder strict(boolean missesAreErrors) {
        this.strict = missesAreErrors;
        return this;
    }

    /** How the simulator answers. */
    public LlmSimBuilder simulator(SynthSettings settings) {
        this.simulator = settings;
        return this;
    }

    /** What requests are answered with before recordings and the simulator are asked; in mode {@code simulate} alone. */
    public LlmSimBuilder script(Script turns) {
        this.scriptOrNull = turns;
        return this;
    }

    /**
     * The script in a JSON file (docs/scripts.md).
     *
     * @throws LlmSimException where it cannot be read or is wrong; names file and line
     */
    public LlmSimBuilder script(Path file) {
        return script(Script.read(file));
    }

    /** How fast the simulator answers; each model as models of its family where not told. */
    public LlmSimBuilder latency(Latency newLatency) {
        this.latency = newLatency;
        return this;
    }

    /** How often {@code simulate} answers an error in place of what was asked for, recordings included; never where not told. */
    public LlmSimBuilder errors(ErrorRates rates) {
        this.errors = rates;
        return this;
    }

    /** What is done to every answer on its way, but those of sessions with faults of their own. */
    public LlmSimBuilder faults(List<Fault> done) {
        this.faults = List.copyOf(done);
        return this;
    }

    /** How much of each model the simulator lets each API key use; any amount where not told. */
    public LlmSimBuilder quota(Quota perKeyAndModel) {
        this.quota = perKeyAndModel;
        return this;
    }

    /** What the simulator draws follows from this and from the requests; another each time where not told. */
    public LlmSimBuilder seed(long newSeed) {
        this.seed = newSeed;
        return this;
    }

    /** When the frames of a recorded answer leave; as recorded where not told. */
    public LlmSimBuilder pace(Pace newPace) {
        this.pace = newPace;
        return this;
    }

    /** Whether a first answer of 500 or above replaces what the cassette held for its request. */
    public LlmSimBuilder recordErrors(boolean replaces) {
        this.recordErrors = replaces;
        return this;
    }

    /**
     * Is told of every exchange when it has ended, on an event loop: must not block. The path is as the client sent it: one that
     * writes it passes it through {@link dev.llmsim.cassette.redaction.Redactor#loggable} first.
     */
    public LlmSimBuilder onRequest(RequestLog log) {
        this.requestLog = log;
        return this;
    }

    /**
     * Opens what is to be opened, binds and serves.
     *
     * @throws dev.llmsim.exchange.LlmSimException where the address, the tape, a file or a setting cannot be used
     */
    public LlmSim start() {
        return new Starting(this).start();
    }
}
