package dev.llmsim.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "A-z_0.9", "...", "-", "default"})
    void lettersDigitsAndThreeMarksAreAnId(String id) {
        assertThat(Session.isId(id)).isTrue();
        assertThat(Session.isId(id.repeat(200))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", " ", "a b", "a/b", "a%20b", "a\u0000", "a\n", "\u00e4", "\uff41", "a,b", "../x"})
    void anythingElseIsNone(String id) {
        assertThat(Session.isId(id)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Sessions(1).at(id));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sessions(1).create(id));
    }

    @Test
    void anIdHasAtMost128Characters() {
        assertThat(Session.isId("x".repeat(128))).isTrue();
        assertThat(Session.isId("x".repeat(129))).isFalse();
    }

    @Test
    void aSeedFollowsFromTheGatewaysAndTheIdUnlessItIsGiven() {
        Sessions sessions = new Sessions(7);

        assertThat(sessions.at("a").seed())
                .isEqualTo(new Sessions(7).at("a").seed())
                .isNotEqualTo(new Sessions(8).at("a").seed())
                .isNotEqualTo(sessions.at("b").seed())
                .isBetween(0L, (1L << 53) - 1);
        assertThat(sessions.create("c", -5).orElseThrow().seed()).isEqualTo(-5);
        assertThat(sessions.at("c").seed()).isEqualTo(-5);
        assertThat(sessions.usual().seed()).isEqualTo(7);
    }

    @Test
    void nothingIsSharedByTwoSessions() {
        Sessions sessions = new Sessions(7);

        assertThat(sessions.at("a")).isSameAs(sessions.at("a")).isNotSameAs(sessions.at("b"));
        assertThat(sessions.at("a").synth()).isNotSameAs(sessions.at("b").synth());
        assertThat(sessions.at("a").cursors()).isNotSameAs(sessions.at("b").cursors());
        assertThat(sessions.at("default")).isSameAs(sessions.usual());
    }

    @Test
    void oneOfAnIdThatIsInUseIsNotMade() {
        Sessions sessions = new Sessions(7);
        sessions.at("a");

        assertThat(sessions.create("a")).isEmpty();
        assertThat(sessions.create("a", 1)).isEmpty();
        assertThat(sessions.create("default")).isEmpty();
        assertThat(Session.isId(sessions.freeId())).isTrue();
        assertThat(sessions.find(sessions.freeId())).isEmpty();
    }

    @Test
    void aForgottenOneBeginsAnew() {
        Sessions sessions = new Sessions(7);
        Session first = sessions.at("a");
        Session usual = sessions.usual();
        first.began();

        assertThat(sessions.forget("a")).isTrue();
        assertThat(sessions.forget("a")).isFalse();
        assertThat(sessions.forget("default")).isTrue();
        first.ended("synthetic");

        assertThat(first.requestsBySource()).containsEntry("synthetic", 1L);
        assertThat(sessions.at("a")).isNotSameAs(first);
        assertThat(sessions.at("a").seed()).isEqualTo(first.seed());
        assertThat(sessions.at("a").requestsBySource()).isEmpty();
        assertThat(sessions.usual()).isNotSameAs(usual);
        assertThat(sessions.count()).isEqualTo(2);
    }

    @Test
    void beyondTheBoundTheLeastRecentlyUsedIdleOneGoes() {
        Sessions sessions = new Sessions(7, 3);
        sessions.at("busy").began();
        sessions.at("old");
        sessions.at("used");
        sessions.at("old");
        sessions.at("more");

        assertThat(ids(sessions)).containsExactly("default", "busy", "more", "old");
        sessions.create("posted");
        assertThat(ids(sessions)).containsExactly("default", "busy", "more", "posted");
    }

    @Test
    void theLogSaysWhoIsForgotten() {
        List<String> said = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                said.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Sessions.class.getName());
        logger.addHandler(listener);
        try {
            Sessions sessions = new Sessions(7, 1);
            sessions.at("first-one");
            assertThat(said).isEmpty();
            sessions.at("second-one");
        } finally {
            logger.removeHandler(listener);
        }
        assertThat(said)
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("WARNING sessions: more than 1 at once")
                .contains("first-one", "DELETE /llmsim/sessions/ID");
    }

    @Test
    void whileManyAreMadeAtOnceTheBoundHolds() throws Exception {
        int threads = 64;
        Sessions sessions = new Sessions(7, 200);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> makers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int maker = i;
                makers.add(pool.submit(() -> {
                    for (int n = 0; n < 100; n++) {
                        sessions.at("m" + maker + "-" + n).began();
                        assertThat(sessions.count()).isLessThanOrEqualTo(200 + threads + 1);
                    }
                }));
            }
            for (Future<?> maker : makers) {
                maker.get();
            }
        } finally {
            pool.shutdownNow();
        }
        sessions.at("last");
        assertThat(sessions.count()).isLessThanOrEqualTo(201);
        assertThat(sessions.find("last")).isPresent();
    }

    @Test
    void whereNoneIsIdleTheOldestGoesAllTheSame() {
        Sessions sessions = new Sessions(7, 2);
        sessions.at("1").began();
        sessions.at("2").began();
        Session third = sessions.at("3");

        assertThat(ids(sessions)).containsExactly("default", "2", "3").doesNotContain("1");
        assertThat(sessions.at("3")).isSameAs(third);
    }

    @Test
    void tenThousandAndMoreStayWithinTheBoundAndTheNewestAreKept() {
        Sessions sessions = new Sessions(7);
        for (int i = 0; i < Sessions.MAX_SESSIONS + 1_000; i++) {
            sessions.at("s" + i);
            assertThat(sessions.count()).isLessThanOrEqualTo(Sessions.MAX_SESSIONS + 1);
        }
        assertThat(sessions.count()).isGreaterThan(Sessions.MAX_SESSIONS - 200);
        assertThat(sessions.find("s10999")).isPresent();
        assertThat(sessions.find("s9000")).isPresent();
        assertThat(sessions.find("s0")).isEmpty();
    }

    @Test
    void sixtyFourThreadsThatAskForOneIdGetOneSession() throws Exception {
        int threads = 64;
        Sessions sessions = new Sessions(7);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<Session>> asked = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                asked.add(pool.submit(() -> {
                    start.await(60, TimeUnit.SECONDS);
                    Session session = sessions.at("same");
                    session.began();
                    session.ended("recorded");
                    return session;
                }));
            }
            Set<Session> got = new HashSet<>();
            for (Future<Session> one : asked) {
                got.add(one.get());
            }
            assertThat(got).hasSize(1);
            assertThat(sessions.at("same").requestsBySource()).containsEntry("recorded", 64L);
            assertThat(sessions.at("same").open()).isZero();
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<String> ids(Sessions sessions) {
        return sessions.all().stream().map(Session::id).toList();
    }
}
