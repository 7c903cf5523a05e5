package dev.llmsim.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which cores the servers and this process may use: one each, so that neither takes the other's time.
 *
 * @param serverPrefix what a server's command begins with
 * @param text for the report
 */
record Cores(List<String> serverPrefix, String text) {
    private static final int COMMAND_SECONDS = 10;

    /** Pins this process to the highest core that it may use, and servers to the lowest, where {@code taskset} is there to do it. */
    static Cores pin() {
        int cores = Runtime.getRuntime().availableProcessors();
        Cores pinned = pinned();
        return new Cores(pinned.serverPrefix(), cores + ", " + pinned.text());
    }

    private static Cores pinned() {
        String pid = String.valueOf(ProcessHandle.current().pid());
        String answer = run("taskset", "-c", "-p", pid);
        String list = answer.substring(answer.lastIndexOf(':') + 1).trim();
        if (list.isEmpty()) {
            return new Cores(List.of(), "not pinned: no taskset here; servers and client share all cores");
        }
        String first = list.split("[,-]", -1)[0];
        String last = list.substring(Math.max(list.lastIndexOf(','), list.lastIndexOf('-')) + 1);
        if (first.equals(last)) {
            return new Cores(List.of(), "not pinned: one core only; servers and client share it");
        }
        if (run("taskset", "-a", "-c", "-p", last, pid).isEmpty()) {
            return new Cores(List.of(), "not pinned: taskset failed; servers and client share all cores");
        }
        return new Cores(List.of("taskset", "-c", first), "servers on core " + first + ", client on core " + last);
    }

    /** What {@code command} prints; nothing where it cannot be run or fails. */
    static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? out : "";
        } catch (IOException notHere) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
