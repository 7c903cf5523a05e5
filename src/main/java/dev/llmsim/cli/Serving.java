package dev.llmsim.cli;

import dev.llmsim.LlmSim;
import dev.llmsim.LlmSimBuilder;
import dev.llmsim.mode.Mode;
import dev.llmsim.recorder.RecorderSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The life of a gateway process: ready line, waiting, draining on SIGTERM or SIGINT, summary, exit code 0.
 *
 * <p>The signal runs the shutdown hook; the next one ends the drain. The hook ends the process itself, because a virtual machine that was ended by a signal
 * would report 143 or 130.
 */
final class Serving {
    private final LlmSimBuilder builder;
    private final Duration drain;
    private final RequestLines lines;
    private final PrintWriter out;
    private final PrintWriter err;

    /** Where a command prints. */
    record Terminal(PrintWriter out, PrintWriter err) {}

    /** @param lines closed once the gateway has stopped, so that none is lost */
    Serving(LlmSimBuilder builder, Duration drain, RequestLines lines, Terminal terminal) {
        this.builder = builder;
        this.drain = drain;
        this.lines = lines;
        this.out = terminal.out();
        this.err = terminal.err();
    }

    int run() {
        LlmSim gateway = builder.start();
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway), "llmsim-stop"));
        out.println("llmsim " + LlmSim.version() + " " + gateway.mode().id() + " listening on " + gateway.address());
        out.flush();
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private void tellWait(long open) {
        if (open > 0 && !drain.isZero()) {
            err.println("llmsim: waiting up to " + Quantities.text(drain) + " for " + open + " open "
                    + (open == 1 ? "stream" : "streams") + "; Ctrl-C again to stop now");
            err.flush();
        }
    }

    private void tellSynthetic(LlmSim gateway) {
        long synthetic = gateway.syntheticAnswers();
        if (gateway.mode() == Mode.REPLAY && synthetic > 0) {
            err.println("llmsim: " + synthetic + (synthetic == 1 ? " request was" : " requests were")
                    + " not recorded and answered by the simulator (--strict makes that an error)");
        }
    }

    private void stop(LlmSim gateway) {
        int exitCode = 0;
        NextSignal.runs(gateway::hurry);
        tellWait(gateway.openExchanges());
        try {
            Optional<RecorderSummary> recorded = gateway.close(drain);
            lines.close();
            tellSynthetic(gateway);
            recorded.ifPresent(summary -> new RecorderReport(summary).print(err));
        } catch (RuntimeException e) {
            err.println("llmsim: stopping failed: " + e.getMessage());
            exitCode = 1;
        }
        out.flush();
        err.flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
