package dev.llmsim.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Where a run was made, so that nobody takes its absolute figures for another machine's. */
final class Machine {
    private Machine() {}

    static Map<String, String> describe(Path home, Cores cores, Sockets sockets) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cpu", line("/proc/cpuinfo", "model name"));
        facts.put("cores", cores.text());
        facts.put("memory", line("/proc/meminfo", "MemTotal"));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("sockets", sockets.name());
        facts.put(
                "commit",
                Cores.run("git", "-C", home.toString(), "describe", "--always", "--dirty")
                        .trim());
        facts.put("load_at_start", "%.2f".formatted(load()));
        return facts;
    }

    /** Processes that wanted to run in the last minute, on average: above 0 before a run, others disturb it. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String line(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT)))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException unknownHere) {
            return "unknown";
        }
    }
}
