package dev.llmsim.store;

import java.io.IOException;
import java.nio.file.Path;

/** Holds a tape until its standard input ends. */
final class HoldTape {
    private HoldTape() {}

    /** Arguments: the directory, {@code read} or {@code write}, the URL to announce. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Tape tape = arguments[1].equals("read") ? H2Tape.openReadOnly(directory) : H2Tape.open(directory);
        tape.announce(arguments[2]);
        System.out.println("held");
        while (System.in.read() >= 0) {
            // It waits for the end.
        }
        tape.close();
    }
}
