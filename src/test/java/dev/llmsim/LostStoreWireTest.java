package dev.llmsim;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.recorder.RecorderSummary;
import dev.llmsim.testkit.RawUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is deleted while it is in use: what is answered after that is not called durable. */
class LostStoreWireTest {
    @TempDir
    private Path folder;

    @Test
    void nothingIsCalledDurableOnceTheStoreIsDeleted() throws Exception {
        Path store = folder.resolve("store");
        try (RawUpstream upstream = RawUpstream.start(connection -> {
            while (true) {
                connection.readMessage();
                connection.send(head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok");
            }
        })) {
            LlmSim record = LlmSim.builder(Mode.RECORD)
                    .store(store)
                    .upstreams(Upstreams.wellKnown().with("x=" + upstream.uri()))
                    .start();
            assertThat(ask(record, "/v1/a")).isEqualTo(200);
            await().until(() -> record.recorded().orElseThrow().sealed() == 1);
            delete(store);
            assertThat(ask(record, "/v1/b")).isEqualTo(200);
            RecorderSummary summary = record.close(Duration.ofSeconds(10)).orElseThrow();
            assertThat(summary.sealed()).isEqualTo(1);
            assertThat(summary.givenUp()).isEqualTo(1);
            assertThat(summary.remarks()).anyMatch(line -> line.contains("deleted, moved or replaced"));
        }
    }

    private static void delete(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(store);
    }

    private static int ask(LlmSim gateway, String target) throws Exception {
        Conversation.Line type = new Conversation.Line("content-type", "application/json");
        return Asking.ask(gateway, new Conversation.Asked("x", "POST", target, List.of(type), Bytes.utf8("{\"a\":1}")))
                .statusCode();
    }
}
