package dev.llmsim.synth.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Scripts as JSON files. A file is untrusted: its size, its depth and the number of its findings are limited. */
public final class ScriptFile {
    /** The most bytes in one script file. */
    public static final int MAX_FILE_BYTES = 16 * 1024 * 1024;

    private ScriptFile() {}

    /**
     * What is in {@code file}, and what is wrong with it.
     *
     * @throws LlmSimException with {@code USAGE}, where there is no such file or it cannot be read
     */
    public static CheckedScript check(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw unreadable(file, "a folder");
            }
            return parse(file.toString(), read(file));
        } catch (IOException e) {
            throw unreadable(
                    file,
                    Files.notExists(file)
                            ? "no such file"
                            : "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw unreadable(file, "more than " + MAX_FILE_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private static LlmSimException unreadable(Path file, String why) {
        return new LlmSimException(
                ErrorCode.USAGE,
                "script: " + file + ": " + why + " (expected: a JSON file with turns); check the path");
    }

    static CheckedScript parse(String name, byte[] json) {
        Findings findings = new Findings();
        Optional<Script> script = Optional.empty();
        try {
            script = new ScriptReader(findings).read(Located.read(json));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            return wrong(name, line, e.getOriginalMessage());
        } catch (IOException e) {
            return wrong(name, 0, String.valueOf(e.getMessage()));
        }
        return new CheckedScript(name, script.orElse(null), findings.all());
    }

    private static CheckedScript wrong(String name, int line, String why) {
        String message = why.replaceAll("\\s*\\R\\s*", " ") + " (expected: JSON)";
        return new CheckedScript(name, null, List.of(new Finding(line, message, true)));
    }
}
