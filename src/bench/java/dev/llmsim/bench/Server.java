package dev.llmsim.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, on the servers' core, which it ends when closed. It is ready when it has said so. */
final class Server implements AutoCloseable {
    private static final int END_SECONDS = 20;

    private final Process process;
    private final InetSocketAddress address;

    private Server(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts {@code command} in {@code folder}; its first line on standard output ends with its address.
     *
     * @throws IllegalStateException where it ends before it is ready
     */
    static Server start(Cores cores, Path folder, List<String> command) throws IOException {
        List<String> pinned = new ArrayList<>(cores.serverPrefix());
        pinned.addAll(command);
        Path err = Files.createTempFile(folder, "server", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(pinned).directory(folder.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LLMSIM_"));
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int at = line.indexOf("http://");
            if (at >= 0) {
                URI uri = URI.create(line.substring(at));
                return new Server(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException(
                "server: " + String.join(" ", command) + " ended before it was ready: " + Files.readString(err));
    }

    InetSocketAddress address() {
        return address;
    }

    /** The CPU time it has used. */
    long cpuMicros() {
        return new CpuClock(process.toHandle()).micros();
    }

    /** The memory that it holds, in MB; not a number where the system does not tell. */
    double residentMegabytes() {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException unknownHere) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
