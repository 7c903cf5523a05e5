package dev.llmsim.gateway;

import static dev.llmsim.testkit.RawMessage.chunk;
import static dev.llmsim.testkit.RawMessage.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmsim.exchange.Ending;
import dev.llmsim.telemetry.Counter;
import dev.llmsim.testkit.RawConnection;
import dev.llmsim.testkit.RawMessage;
import dev.llmsim.testkit.RawUpstream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that end early end for the client as they did for us, and the capture says how. */
class EndingsWireTest {
    private static final String REQUEST = head("GET /up/ HTTP/1.1", "Host: localhost");
    private static final String CHUNKED = head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
    private static final String LENGTH = head("HTTP/1.1 200 OK", "Content-Length: 100");
    private static final String CLOSE = head("HTTP/1.1 200 OK");

    private static RawUpstream cut(String sent, boolean reset, CountDownLatch clientHasIt) throws Exception {
        return RawUpstream.start(connection -> {
            connection.readHead();
            connection.send(sent);
            if (!clientHasIt.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the client never had the beginning");
            }
            if (reset) {
                connection.reset();
            }
        });
    }

    private static void cutMidway(String head, String sent, String body, boolean reset) throws Exception {
        CountDownLatch clientHasIt = new CountDownLatch(1);
        try (RawUpstream upstream = cut(head + sent, reset, clientHasIt);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readHead();
            assertThat(client.readText(sent.length())).isEqualTo(sent);
            clientHasIt.countDown();
            RawConnection.End end = client.readToEnd();
            assertThat(end.text()).isEmpty();
            assertThat(end.reset()).isEqualTo(reset);
            Ending expected = reset ? Ending.UPSTREAM_RESET : Ending.UPSTREAM_TRUNCATED;
            assertThat(gateway.capture().ending).isEqualTo(expected);
            assertThat(gateway.capture().responseText()).isEqualTo(body);
            assertThat(gateway.line().ending()).isEqualTo(expected);
            assertThat(gateway.line().status()).isEqualTo(200);
        }
    }

    @Test
    void aChunkedAnswerThatIsTruncatedIsTruncatedForTheClient() throws Exception {
        cutMidway(CHUNKED, chunk("abc"), "abc", false);
    }

    @Test
    void aChunkedAnswerThatIsResetIsResetForTheClient() throws Exception {
        cutMidway(CHUNKED, chunk("abc"), "abc", true);
    }

    @Test
    void aShortBodyIsShortForTheClient() throws Exception {
        cutMidway(LENGTH, "abc", "abc", false);
    }

    @Test
    void aShortBodyThatIsResetIsResetForTheClient() throws Exception {
        cutMidway(LENGTH, "abc", "abc", true);
    }

    @Test
    void aBodyEndedByResetIsNotTakenForComplete() throws Exception {
        cutMidway(CLOSE, "abc", "abc", true);
    }

    @Test
    void everyByteBeforeAResetArrives() throws Exception {
        String body = "x".repeat(300_000);
        CountDownLatch at = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: 300001") + body);
                    at.await(30, TimeUnit.SECONDS);
                    connection.reset();
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readHead();
            assertThat(client.readText(100_000)).hasSize(100_000);
            await().until(() -> gateway.captures.all.get(0).responseText().length() == 300_000);
            at.countDown();
            RawConnection.End end = client.readToEnd();
            assertThat(end.text()).hasSize(200_000);
            assertThat(end.reset()).isTrue();
        }
    }

    @Test
    void aFreshConnectionThatIsResetBeforeTheHeadIsResetForTheClient() throws Exception {
        beforeTheHead("", true, Ending.UPSTREAM_RESET);
    }

    @Test
    void aFreshConnectionThatIsClosedBeforeTheHeadIsClosedForTheClient() throws Exception {
        beforeTheHead("", false, Ending.UPSTREAM_TRUNCATED);
    }

    @Test
    void aHeadThatBreaksOffIsNotPassedOn() throws Exception {
        beforeTheHead("HTTP/1.1 200 OK\r\nContent-Le", false, Ending.UPSTREAM_TRUNCATED);
    }

    private static void beforeTheHead(String sent, boolean reset, Ending ending) throws Exception {
        CountDownLatch at = new CountDownLatch(0);
        try (RawUpstream upstream = cut(sent, reset, at);
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            RawConnection.End end = client.readToEnd();
            assertThat(end.text()).isEmpty();
            assertThat(end.reset()).isEqualTo(reset);
            assertThat(gateway.capture().ending).isEqualTo(ending);
            assertThat(gateway.capture().calls).containsExactly("requestSent", "seal");
        }
    }

    @Test
    void aReusedConnectionThatDiesBeforeTheHeadIs502AndNotRetried() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(head("HTTP/1.1 200 OK", "Content-Length: 0"));
                    connection.readHead();
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readMessage();
            client.send(REQUEST);
            RawMessage got = client.readMessage();
            assertThat(got.startLine()).startsWith("HTTP/1.1 502 ");
            assertThat(got.text()).contains("\"dialect\":\"openai\"").contains("kept open for reuse");
            assertThat(got.header("x-llmsim-source")).isEqualTo("gateway");
            assertThat(upstream.connections()).isEqualTo(1);
            assertThat(gateway.captures.all.get(1).givenUp).contains("reused");
            client.send(REQUEST);
            assertThat(client.readMessage().startLine()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aClientThatLeavesCancelsUpstream() throws Exception {
        CountDownLatch upstreamGone = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(CHUNKED + chunk("abc"));
                    connection.readToEnd();
                    upstreamGone.countDown();
                });
                Gateway gateway = Gateway.recording(upstream.uri())) {
            try (RawConnection client = gateway.client()) {
                client.send(REQUEST);
                client.readHead();
                client.readChunk();
            }
            assertThat(upstreamGone.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.capture().ending).isEqualTo(Ending.CLIENT_CANCELLED);
            assertThat(gateway.capture().responseText()).isEqualTo("abc");
            assertThat(gateway.line().ending()).isEqualTo(Ending.CLIENT_CANCELLED);
        }
    }

    @Test
    void aClientThatLeavesBehindTheLastEventHasCancelledNothing() throws Exception {
        String stream = head("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(stream + chunk("data: {}\n\nda") + chunk("ta: [DONE]\n\n"));
                    connection.readToEnd();
                });
                Gateway gateway = Gateway.recording(upstream.uri())) {
            try (RawConnection client = gateway.client()) {
                client.send(REQUEST);
                client.readUntil("[DONE]\n\n\r\n");
            }
            assertThat(gateway.line().ending()).isEqualTo(Ending.COMPLETE);
            assertThat(gateway.counters.count(Counter.CLIENT_CANCELLED)).isZero();
        }
    }

    @Test
    void aStreamThatIsOpenWhenTheGatewayStopsWasNotCancelledByItsClient() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(CHUNKED + chunk("abc"));
                    connection.readToEnd();
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readHead();
            client.readChunk();
            gateway.server.close();
            client.readToEnd();
            assertThat(gateway.line().stopped()).isTrue();
            assertThat(gateway.counters.count(Counter.CLIENT_CANCELLED)).isZero();
            assertThat(gateway.counters.count(Counter.CUT_ANSWERS)).isEqualTo(1);
        }
    }

    @Test
    void only424sOfTheGatewayItselfAreMisses() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(head("HTTP/1.1 424 Failed Dependency", "Content-Length: 0"));
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            assertThat(client.readHead()).contains(" 424 ");
            assertThat(gateway.line().status()).isEqualTo(424);
            assertThat(gateway.counters.count(Counter.MISSES)).isZero();
        }
    }

    @Test
    void aClientThatLeavesBeforeTheHeadCancelsUpstream() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch upstreamGone = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    asked.countDown();
                    connection.readToEnd();
                    upstreamGone.countDown();
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            client.reset();
            assertThat(upstreamGone.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.capture().ending).isEqualTo(Ending.CLIENT_CANCELLED);
            assertThat(gateway.capture().calls).containsExactly("requestSent", "seal");
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsRequestLeavesNoRecording() throws Exception {
        CountDownLatch upstreamGone = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.readToEnd();
                    upstreamGone.countDown();
                });
                Gateway gateway = Gateway.recording(upstream.uri())) {
            try (RawConnection client = gateway.client()) {
                client.send(head("POST /up/ HTTP/1.1", "Host: localhost", "Content-Length: 10") + "abc");
                await().until(() -> gateway.captures.all.size() == 1);
            }
            assertThat(gateway.capture().ending).isNull();
            assertThat(gateway.capture().givenUp).contains("before the request was complete");
            await().until(() -> upstream.openConnections() == 0);
        }
    }

    @Test
    void aClientThatLeavesAfterTheEndLeavesACompleteRecording() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(CHUNKED + chunk("abc") + "0\r\n\r\n");
                Gateway gateway = Gateway.recording(upstream.uri())) {
            try (RawConnection client = gateway.client()) {
                client.send(REQUEST);
                client.readMessage();
            }
            assertThat(gateway.capture().ending).isEqualTo(Ending.COMPLETE);
            assertThat(gateway.line().ending()).isEqualTo(Ending.COMPLETE);
            assertThat(gateway.line().bodyBytes()).isEqualTo(3);
            assertThat(gateway.line().ttftNanos()).isNotNegative();
        }
    }

    @Test
    void whatIsNotHttpIs502() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering("SSH-2.0-OpenSSH_9.2\r\n\r\n");
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            RawMessage got = client.readMessage();
            assertThat(got.startLine()).startsWith("HTTP/1.1 502 ");
            assertThat(got.text()).contains("not valid HTTP/1.1");
            assertThat(gateway.capture().givenUp).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999 What", "1000 What", "099 What", "000 What", "-1 What", "abc What"})
    void aStatusThatIsNoneIs502AndLeavesNoRecording(String status) throws Exception {
        RawMessage got = badGateway(head("HTTP/1.1 " + status, "Content-Length: 2") + "ok");
        assertThat(got.text()).contains("status").contains("not valid HTTP/1.1");
    }

    @Test
    void aChangeOfProtocolThatNobodyAskedForIs502AtOnce() throws Exception {
        RawMessage got = badGateway(
                head("HTTP/1.1 101 Switching Protocols", "Connection: upgrade", "Upgrade: websocket") + "\u0081\u0000");
        assertThat(got.text()).contains("101").contains("not asked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 401 ghp_secret\rx\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 ghp_secret\r\nContent-Length: 0\r\n\r\n",
                "ghp_secret\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: ghp_secret\u0000\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: ghp_secret\r\n\r\n",
            })
    void whatUpstreamSentIsNotShownWhereItCannotBeRead(String answer) throws Exception {
        assertThat(badGateway(answer).text()).contains("not valid HTTP/1.1").doesNotContain("ghp_secret");
    }

    private static RawMessage badGateway(String answer) throws Exception {
        try (RawUpstream upstream = RawUpstream.start(connection -> {
                    connection.readHead();
                    connection.send(answer);
                    connection.readToEnd();
                });
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            RawMessage got = client.readMessage();
            assertThat(got.startLine()).startsWith("HTTP/1.1 502 ");
            assertThat(gateway.capture().givenUp).isNotNull();
            await().until(() -> upstream.openConnections() == 0);
            return got;
        }
    }

    @Test
    void aBrokenChunkCutsTheAnswer() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(CHUNKED + chunk("abc") + "zz\r\nabc\r\n");
                Gateway gateway = Gateway.recording(upstream.uri());
                RawConnection client = gateway.client()) {
            client.send(REQUEST);
            client.readHead();
            assertThat(client.readToEnd().text()).isEqualTo(chunk("abc"));
            assertThat(gateway.capture().ending).isEqualTo(Ending.UPSTREAM_TRUNCATED);
        }
    }
}
