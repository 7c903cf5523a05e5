package dev.llmsim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The sockets of a process by the kernel's account (proc(5): {@code /proc/PID/fd} and {@code /proc/PID/net}). */
final class KernelSockets {
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int UNIX_INODE = 6;
    private static final String LISTENING = "0A";

    private KernelSockets() {}

    /**
     * {@code listen PORT} or {@code LOCAL-PORT - REMOTE-PORT} for TCP; the bare link for any other kind of
     * socket, but for unnamed ones of the Unix domain, which do not leave this machine (the JDK has one).
     */
    static List<String> of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        Map<String, String> tcp = new HashMap<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
                String[] fields = line.trim().split("\\s+");
                tcp.put("socket:[" + fields[INODE] + "]", described(fields));
            }
        }
        Set<String> unnamed = new HashSet<>();
        for (String line : Files.readAllLines(process.resolve("net/unix"))) {
            String[] fields = line.trim().split("\\s+");
            if (fields.length == UNIX_INODE + 1) {
                unnamed.add("socket:[" + fields[UNIX_INODE] + "]");
            }
        }
        return links(process.resolve("fd")).stream()
                .filter(link -> link.startsWith("socket:") && !unnamed.contains(link))
                .map(link -> tcp.getOrDefault(link, link))
                .toList();
    }

    private static String described(String[] fields) {
        return fields[STATE].equals(LISTENING)
                ? "listen " + port(fields[LOCAL])
                : port(fields[LOCAL]) + " - " + port(fields[REMOTE]);
    }

    private static String port(String address) {
        String hex = address.substring(address.indexOf(':') + 1);
        return hex.matches("[0-9A-F]{4}") ? String.valueOf(Integer.parseInt(hex, 16)) : hex;
    }

    private static List<String> links(Path descriptors) throws IOException {
        List<String> links = new ArrayList<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path descriptor : all.toList()) {
                links.add(link(descriptor));
            }
        }
        return links;
    }

    private static String link(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        }
    }
}
