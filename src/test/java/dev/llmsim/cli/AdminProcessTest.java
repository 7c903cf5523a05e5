package dev.llmsim.cli;

import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's own pages, asked for at another address of this machine than the loopback one. */
class AdminProcessTest {
    private static final String TOKEN = "t0ken-of-the-administrator";

    @TempDir
    private Path folder;

    private Program program(Map<String, String> variables, String... more) throws Exception {
        String[] arguments = new String[more.length + 3];
        System.arraycopy(more, 0, arguments, 3, more.length);
        arguments[0] = "passthrough";
        arguments[1] = "--port=0";
        arguments[2] = "--host=0.0.0.0";
        return Program.start(folder, variables, arguments);
    }

    /** Where this machine is alone with itself, that has to do: then nobody is asked for a token. */
    private static InetAddress outside() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
                .findFirst()
                .orElse(InetAddress.getLoopbackAddress());
    }

    private static RawMessage ask(URI gateway, InetAddress address, String... more) throws Exception {
        try (RawConnection client = RawConnection.to(new InetSocketAddress(address, gateway.getPort()))) {
            String host = "Host: " + address.getHostAddress();
            client.send(head("GET /llmsim/stats HTTP/1.1", more.length == 0 ? host : host + "\r\n" + more[0]));
            return client.readMessage();
        }
    }

    private static void assertRefused(RawMessage got, boolean near, int status) {
        assertThat(got.startLine()).startsWith("HTTP/1.1 " + (near ? 200 : status) + " ");
        assertThat(got.header("content-type")).isEqualTo("application/json");
        assertThat(got.text()).contains(near ? "\"mode\"" : "LLMSIM_ADMIN_TOKEN");
    }

    @Test
    void withoutATokenOnlyThisMachineIsAnswered() throws Exception {
        InetAddress outside = outside();
        try (Program program = program(Map.of())) {
            URI gateway = program.ready();
            assertRefused(ask(gateway, outside, "Authorization: Bearer "), outside.isLoopbackAddress(), 403);
            assertThat(ask(gateway, InetAddress.getLoopbackAddress()).startLine())
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void theTokenOfTheVariableIsAskedFor() throws Exception {
        asked(program(Map.of("LLMSIM_ADMIN_TOKEN", TOKEN)));
    }

    @Test
    void theTokenOfTheOptionIsAskedFor() throws Exception {
        asked(program(Map.of("LLMSIM_ADMIN_TOKEN", "another"), "--admin-token=" + TOKEN));
    }

    private static void asked(Program started) throws Exception {
        InetAddress outside = outside();
        try (Program program = started) {
            URI gateway = program.ready();
            assertRefused(ask(gateway, outside), outside.isLoopbackAddress(), 401);
            assertRefused(ask(gateway, outside, "Authorization: Bearer another"), outside.isLoopbackAddress(), 401);
            assertThat(ask(gateway, outside, "Authorization: Bearer " + TOKEN).startLine())
                    .startsWith("HTTP/1.1 200 ");
            program.terminate();
            assertThat(program.end().err()).doesNotContain(TOKEN);
        }
    }

    @Test
    void aTokenThatNoHeaderCanCarryIsRefusedAtTheStart() throws Exception {
        Program.Ended ended = Program.run(folder, "passthrough", "--port=0", "--admin-token=two words");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("llmsim: --admin-token: ").doesNotContain("two words");
    }
}
