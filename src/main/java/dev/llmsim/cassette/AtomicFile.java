package dev.llmsim.cassette;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file whole or not at all: a temporary file in the same folder, forced to disk, then moved over the old one. */
final class AtomicFile {
    private AtomicFile() {}

    static void write(Path file, Bytes content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new UncheckedIOException(new IOException(file + " is not a file name"));
        }
        Path temporary = folder.resolve(".llmsim-" + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = content.asByteBuffer();
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static LlmSimException unwritable(Path file, IOException cause) {
        String message = file + ": cannot be written: " + cause.getMessage()
                + " (expected: a folder with space that may be written to); choose another folder or make room";
        return new LlmSimException(ErrorCode.INTERNAL, message, cause);
    }
}
