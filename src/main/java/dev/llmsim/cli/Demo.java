package dev.llmsim.cli;

import dev.llmsim.LlmSim;
import dev.llmsim.LlmSimBuilder;
import dev.llmsim.cassette.Cassette;
import dev.llmsim.cassette.CassetteFiles;
import dev.llmsim.cassette.ShippedCassettes;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Recording;
import dev.llmsim.mode.Mode;
import dev.llmsim.provider.Upstreams;
import dev.llmsim.timing.Pace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The demo: three gateways in this process, and a client of the JDK between them. */
final class Demo {
    private final Path folder;
    private final Pace pace;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param folder empty; the demo's files go there */
    Demo(Path folder, Pace pace) {
        this.folder = folder;
        this.pace = pace;
    }

    List<DemoConversation> run() {
        List<Cassette> shipped = ShippedCassettes.read();
        Path files = folder.resolve("shipped");
        shipped.forEach(cassette -> CassetteFiles.write(files, cassette));
        List<Recording> asked = firstOfEach(shipped);
        List<DemoConversation.Heard> recorded = record(files, asked);
        List<DemoConversation.Heard> replayed =
                heard(LlmSim.builder(Mode.REPLAY).store(tape()).pace(pace), asked);
        List<DemoConversation> conversations = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Recording one = asked.get(i);
            conversations.add(new DemoConversation(one.id(), one.response().body(), recorded.get(i), replayed.get(i)));
        }
        return conversations;
    }

    private List<DemoConversation.Heard> record(Path files, List<Recording> asked) {
        LlmSimBuilder upstream =
                LlmSim.builder(Mode.REPLAY).files(List.of(files)).pace(pace);
        try (LlmSim provider = upstream.start()) {
            Upstreams table = Upstreams.wellKnown();
            for (Recording one : asked) {
                String name = one.request().upstream();
                table = table.with(name + "=" + provider.baseUrl(name));
            }
            return heard(LlmSim.builder(Mode.RECORD).store(tape()).upstreams(table), asked);
        }
    }

    private Path tape() {
        return folder.resolve("tape");
    }

    private List<DemoConversation.Heard> heard(LlmSimBuilder builder, List<Recording> asked) {
        try (LlmSim gateway = builder.start()) {
            List<CompletableFuture<DemoConversation.Heard>> answers =
                    asked.stream().map(one -> ask(gateway, one)).toList();
            return answers.stream().map(CompletableFuture::join).toList();
        }
    }

    private CompletableFuture<DemoConversation.Heard> ask(LlmSim gateway, Recording one) {
        URI address = URI.create(
                gateway.baseUrl(one.request().upstream()) + one.request().target());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("content-type", "application/json")
                .header("authorization", "Bearer no-key-is-needed-here")
                .method(
                        one.request().method(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                one.request().body().toArray()));
        long startNanos = System.nanoTime();
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(response -> heard(response, startNanos));
    }

    private static DemoConversation.Heard heard(HttpResponse<byte[]> response, long startNanos) {
        long millis = (System.nanoTime() - startNanos) / 1_000_000;
        String source = response.headers().firstValue("x-llmsim-source").orElse("nowhere");
        Bytes bytes = Bytes.wrap(response.body());
        return new DemoConversation.Heard(response.statusCode(), source, bytes, events(bytes), millis);
    }

    private static long events(Bytes body) {
        return body.utf8().lines().filter(String::isEmpty).count();
    }

    /** The shipped recordings whose requests are not asked twice: of several answers to one request the first. */
    private static List<Recording> firstOfEach(List<Cassette> cassettes) {
        return cassettes.stream()
                .flatMap(cassette -> cassette.recordings().stream())
                .filter(recording -> !recording.id().matches(".*-[0-9]{1,3}"))
                .toList();
    }
}
