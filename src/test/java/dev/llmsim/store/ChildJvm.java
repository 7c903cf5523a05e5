package dev.llmsim.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Java process that runs a class of the test class path. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return new ChildJvm(builder(command(main, arguments)).start());
    }

    /** One that may write no file longer than {@code kilobytes}: what is longer fails as on a full disk. */
    public static ChildJvm startWithFileLimit(int kilobytes, Class<?> main, String... arguments) throws IOException {
        List<String> limited =
                new ArrayList<>(List.of("bash", "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "bash"));
        limited.addAll(command(main, arguments));
        return new ChildJvm(builder(limited).start());
    }

    private static ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static List<String> command(Class<?> main, String... arguments) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    public long pid() {
        return process.pid();
    }

    /** The next line on its standard output, of which there has to be one. */
    public String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IllegalStateException("the child's output has ended (expected: a line)");
        }
        return line;
    }

    /** SIGKILL, and waits until it is gone; what it had printed can still be read (which {@link Process#destroyForcibly} prevents). */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** Everything it still prints, and its exit status as the last line. */
    public List<String> rest() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the child goes on after its output ended");
        }
        lines.add("exit " + process.exitValue());
        return lines;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
