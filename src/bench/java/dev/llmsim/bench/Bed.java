package dev.llmsim.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What every measurement stands on.
 *
 * @param size how much is done
 * @param home the checkout, whose {@code bin/llmsim} is measured
 * @param folder where files of this run may lie
 * @param progress told what is being done
 */
record Bed(Size size, Path home, Path folder, Cores cores, LoadClient client, PrintWriter progress) {
    /** How many events a stream has, and how far apart they are. */
    static final int EVENTS = 100;

    static final int GAP_MILLIS = 20;

    /** Starts the packaged program with {@code arguments}, by its launcher and so with its settings. */
    Server llmsim(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin").resolve("llmsim").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--port", "0", "--quiet"));
        say("starting llmsim " + String.join(" ", command.subList(1, command.size())));
        return Server.start(cores, folder, command);
    }

    /** Starts the ceiling, with the settings of the program's launcher that change what it can do. */
    Server ceiling() throws IOException {
        return Server.start(
                cores,
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms16m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ceiling.class.getName(),
                        String.valueOf(EVENTS),
                        String.valueOf(GAP_MILLIS)));
    }

    /** A folder of its own for recordings. */
    Path newFolder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    void say(String text) {
        progress.println("bench: " + text);
        progress.flush();
    }
}
