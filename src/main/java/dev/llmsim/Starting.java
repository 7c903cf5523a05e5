package dev.llmsim;

import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.cassette.importing.Importer;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import dev.llmsim.gateway.Envelopes;
import dev.llmsim.gateway.GatewayParts;
import dev.llmsim.gateway.GatewayServer;
import dev.llmsim.gateway.RecordedPlayer;
import dev.llmsim.gateway.Routes;
import dev.llmsim.mode.Answering;
import dev.llmsim.mode.Library;
import dev.llmsim.mode.Mode;
import dev.llmsim.mode.ModeDecider;
import dev.llmsim.mode.RecordingSource;
import dev.llmsim.mode.RecordingsInMemory;
import dev.llmsim.mode.Retiming;
import dev.llmsim.mode.Routing;
import dev.llmsim.mode.Sessions;
import dev.llmsim.mode.Simulated;
import dev.llmsim.mode.Synthesis;
import dev.llmsim.provider.ErrorEnvelope;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.recorder.CaptureSource;
import dev.llmsim.recorder.Recorder;
import dev.llmsim.recorder.RecorderListener;
import dev.llmsim.recorder.RecorderSettings;
import dev.llmsim.recorder.WriteRule;
import dev.llmsim.store.H2Tape;
import dev.llmsim.store.Tape;
import dev.llmsim.store.TapeEntry;
import dev.llmsim.synth.Conditions;
import dev.llmsim.synth.Simulator;
import dev.llmsim.synth.SynthSettings;
import dev.llmsim.synth.Tokens;
import dev.llmsim.telemetry.Counters;
import dev.llmsim.timing.Pace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The start of one gateway: opens and connects its parts, and closes what it had opened if one of them fails. */
final class Starting {
    private static final String DEFAULT_CASSETTE = "default";

    private final LlmSimBuilder told;
    private final Assembly assembly;
    private final ExecutorService work;
    private final Counters counters = new Counters();

    Starting(LlmSimBuilder told) {
        this.told = told;
        this.assembly = new Assembly(
                told.upstreams, told.environment, told.gateway.limits().maxRequestBytes());
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        this.work = Executors.newFixedThreadPool(threads, Starting::worker);
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "llmsim-work");
        thread.setDaemon(true);
        return thread;
    }

    LlmSim start() {
        try {
            requireNoUnplayedScript();
            return switch (told.mode) {
                case PASSTHROUGH -> passthrough();
                case RECORD -> record();
                case SIMULATE -> simulate();
                case REPLAY -> told.files.isEmpty() ? replayTape() : replayFiles();
                case AUTO -> auto();
            };
        } catch (RuntimeException e) {
            work.shutdown();
            throw e;
        }
    }

    private void requireNoUnplayedScript() {
        if (told.scriptOrNull != null && told.mode != Mode.SIMULATE) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "script: given in mode " + told.mode.id()
                            + " (expected: mode simulate, the only one that plays it)");
        }
    }

    private LlmSim passthrough() {
        return serve(ModeDecider.passthrough(assembly.routing()), Starting::keepsNothing, null);
    }

    private LlmSim simulate() {
        Simulated simulated = simulator(assembly.routing());
        Answering answering = answering(Library.of(Mode.SIMULATE, filesGiven()), assembly.matches());
        ModeDecider decider = ModeDecider.simulate(answering, simulated);
        return serve(
                told.errors.isNone() ? decider : decider.after(simulated.injectedErrors()),
                Starting::keepsNothing,
                null);
    }

    private Answering answering(Library library, Answering.Matches matches) {
        Answering answering = new Answering(library, matches, work);
        return told.pace instanceof Pace.Profile pace
                ? answering.retimed(new Retiming(pace.profile(), told.seed))
                : answering;
    }

    private Simulated simulator(Routing routing) {
        Tokens.warm();
        SynthSettings settings =
                told.scriptOrNull == null ? told.simulator : told.simulator.withScript(told.scriptOrNull);
        Conditions conditions = new Conditions(told.errors, told.quota);
        Simulator simulator = new Simulator(Surfaces.all(), settings, conditions);
        return new Simulated(simulator, routing, told.latency, work);
    }

    private List<RecordingSource> filesGiven() {
        List<RecordingSource> sources = new ArrayList<>();
        for (Path file : told.files) {
            requireOurs(file);
            CassetteFiles.read(file).stream()
                    .filter(this::isChosen)
                    .forEach(cassette -> sources.add(inMemory(cassette)));
        }
        return sources;
    }

    private LlmSim replayFiles() {
        Library library = Library.of(Mode.REPLAY, filesGiven());
        if (library.size() == 0) {
            throw nothingToReplay("no recording in " + named(told.files) + ofChosen());
        }
        return replay(library, null);
    }

    private static void requireOurs(Path file) {
        if (Importer.isForeign(file)) {
            throw new LlmSimException(
                    ErrorCode.CASSETTE_INVALID,
                    file + ": a cassette of VCR.py (expected: one of llmsim): bring it onto a tape with"
                            + " 'llmsim cassette import " + file + "', then replay that");
        }
    }

    private static String named(List<Path> files) {
        return files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private boolean isChosen(Cassette cassette) {
        return told.cassetteOrNull == null || told.cassetteOrNull.equals(cassette.name());
    }

    private RecordingSource inMemory(Cassette cassette) {
        return new RecordingsInMemory(cassette.name(), cassette.recordings(), assembly.matching(), assembly.routing());
    }

    private LlmSim replayTape() {
        Path store = store();
        if (!H2Tape.exists(store)) {
            throw nothingToReplay("no file was given and " + store + " is no tape");
        }
        Tape tape = H2Tape.openReadOnly(store);
        return closing(tape, () -> {
            TapeSource source = new TapeSource(tape, assembly, told.cassetteOrNull, work);
            Library library = Library.of(Mode.REPLAY, List.of(source));
            if (library.size() == 0) {
                throw nothingToReplay("the tape " + store + " holds no recording" + ofChosen());
            }
            return replay(library, new LlmSim.Taped(tape, null));
        });
    }

    /** Recordings answer under the names that they hold, also under those that were not given an address here. */
    private LlmSim replay(Library library, LlmSim.@Nullable Taped tapedOrNull) {
        Upstreams known = told.upstreams.withNames(library.upstreams());
        Answering.Matches matches = new Assembly(known, told.environment).matches();
        Synthesis onMiss =
                told.strict ? Synthesis.NONE : simulator(matches.routing()).ofKnownEndpoints();
        return serve(
                new UpstreamRoutes(known),
                ModeDecider.replay(answering(library, matches), new NearestRecording(work), onMiss),
                Starting::keepsNothing,
                tapedOrNull);
    }

    private LlmSim record() {
        WriteRule rule = told.recordErrors ? WriteRule.RECORD_ERRORS : WriteRule.RECORD;
        Tape tape = H2Tape.open(store());
        return closing(tape, () -> {
            Recorder recorder = recorder(tape, rule, new RecorderCounts(counters));
            return serveRecording(ModeDecider.record(assembly.routing()), tape, recorder);
        });
    }

    private LlmSim auto() {
        Tape tape = H2Tape.open(store());
        return closing(tape, () -> {
            TapeSource source = new TapeSource(tape, assembly, cassette(), work);
            Library library = Library.of(Mode.AUTO, List.of(source));
            Recorder recorder = recorder(tape, WriteRule.AUTO, new RecorderCounts(counters) {
                @Override
                public void proved(TapeEntry entry) {
                    library.add(source.entry(entry));
                }
            });
            ModeDecider decider = ModeDecider.auto(answering(library, assembly.matches()));
            return serveRecording(decider, tape, recorder);
        });
    }

    /** Serves with {@code recorder}, and ends its thread where that fails. */
    private LlmSim serveRecording(ModeDecider decider, Tape tape, Recorder recorder) {
        try {
            return serve(decider, recorder, new LlmSim.Taped(tape, recorder));
        } catch (RuntimeException e) {
            recorder.close();
            throw e;
        }
    }

    private Recorder recorder(Tape tape, WriteRule rule, RecorderListener listener) {
        return new Taping(assembly).start(tape, RecorderSettings.of(cassette(), rule), listener);
    }

    private LlmSim serve(ModeDecider decider, CaptureSource captures, LlmSim.@Nullable Taped tapedOrNull) {
        return serve(new UpstreamRoutes(told.upstreams), decider, captures, tapedOrNull);
    }

    private LlmSim serve(
            Routes routes, ModeDecider decider, CaptureSource captures, LlmSim.@Nullable Taped tapedOrNull) {
        Envelopes envelopes = (dialect, status, message) -> {
            ErrorEnvelope envelope = ErrorEnvelope.render(dialect, status, message);
            return new Envelopes.Envelope(envelope.headers(), envelope.body());
        };
        RecordedPlayer player = new RecordedPlayer(told.pace, routes, envelopes, counters);
        Sessions sessions = new Sessions(told.seed);
        sessions.faults(told.faults);
        GatewayParts parts = new GatewayParts(
                decider, sessions, captures, player, routes, envelopes, told.requestLog, Surfaces.sockets(), counters);
        GatewayServer server = GatewayServer.start(told.gateway, parts);
        LlmSim running = new LlmSim(told.mode, server, sessions, new LlmSim.Behind(work, tapedOrNull));
        if (tapedOrNull != null) {
            tapedOrNull.tape().announce(running.address().toString());
        }
        return running;
    }

    /** Starts what needs {@code tape}, and closes that where it does not start. */
    private static LlmSim closing(Tape tape, java.util.function.Supplier<LlmSim> start) {
        try {
            return start.get();
        } catch (RuntimeException e) {
            tape.close();
            throw e;
        }
    }

    private String cassette() {
        String name = told.cassetteOrNull == null ? DEFAULT_CASSETTE : told.cassetteOrNull;
        if (!Cassette.isName(name)) {
            throw new LlmSimException(
                    ErrorCode.USAGE,
                    "cassette: \"" + name + "\" (expected: letters, digits, dot, dash and underscore, at most 128)");
        }
        return name;
    }

    private Path store() {
        Path store = told.storeOrNull;
        if (store == null) {
            throw new LlmSimException(
                    ErrorCode.USAGE, "store: none (expected: the folder of the tape in mode " + told.mode.id() + ")");
        }
        return store;
    }

    private String ofChosen() {
        return told.cassetteOrNull == null ? "" : " in a cassette named " + told.cassetteOrNull;
    }

    private static LlmSimException nothingToReplay(String what) {
        return new LlmSimException(
                ErrorCode.NOTHING_TO_REPLAY,
                "nothing to replay: " + what + " (expected: cassette files, or a tape with recordings): name files or"
                        + " folders, record first with 'llmsim record', or name the tape's place with --store");
    }

    private static dev.llmsim.recorder.Capture keepsNothing(dev.llmsim.exchange.Request head) {
        throw new IllegalStateException("this mode keeps nothing, and was asked to keep " + head.method());
    }
}
