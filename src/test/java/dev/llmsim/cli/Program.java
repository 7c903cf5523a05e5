package dev.llmsim.cli;

import dev.llmsim.testkit.RawConnection;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, in a folder of its own, without the {@code LLMSIM_*} variables of this one. */
final class Program implements AutoCloseable {
    private static final int END_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private Program(Process process, Path err) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.err = err;
    }

    /**
     * What an ended process left.
     *
     * @param out its lines on standard output that had not been read yet
     */
    record Ended(int exitCode, List<String> out, String err) {}

    static Program start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    /** What a process is given besides its arguments: options of the Java machine, and variables. */
    record Setting(List<String> javaOptions, Map<String, String> variables) {}

    static Program start(Path folder, Map<String, String> variables, String... arguments) throws IOException {
        return start(folder, new Setting(List.of(), variables), arguments);
    }

    static Program start(Path folder, Setting setting, String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED")); // as the manifest of the packaged jar says
        command.addAll(setting.javaOptions);
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        command.addAll(List.of(arguments));
        Path err = Files.createTempFile(folder, "stderr", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LLMSIM_") || name.startsWith("JAVA_"));
        builder.environment().putAll(setting.variables);
        return new Program(builder.start(), err);
    }

    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Runs it to its end. */
    static Ended run(Path folder, String... arguments) throws Exception {
        try (Program program = start(folder, arguments)) {
            return program.end();
        }
    }

    long pid() {
        return process.pid();
    }

    /** The next line on standard output. */
    String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IllegalStateException("standard output has ended; standard error: " + Files.readString(err));
        }
        return line;
    }

    /** The address in the line that says it is ready. */
    URI ready() throws IOException {
        String line = line();
        return URI.create(line.substring(line.indexOf("http://")));
    }

    static RawConnection client(URI address) throws IOException {
        return RawConnection.to(new InetSocketAddress(address.getHost(), address.getPort()));
    }

    /** What it has printed on standard error so far. */
    String err() throws IOException {
        return Files.readString(err);
    }

    /** SIGTERM; what it prints can still be read, which {@link Process#destroy} prevents. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Waits for its end. */
    Ended end() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
        }
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program goes on after its output ended");
        }
        return new Ended(process.exitValue(), lines, Files.readString(err));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
