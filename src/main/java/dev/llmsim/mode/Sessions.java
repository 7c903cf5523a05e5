package dev.llmsim.mode;

import dev.llmsim.exchange.Key;
import dev.llmsim.synth.Kept;
import dev.llmsim.synth.faults.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one gateway, by id. Their number is bounded: where it would grow beyond, or what they keep beyond 512 MB, those
 * that have not been used for the longest time are forgotten, those with an open request last. Thread-safe; the default session costs no look-up.
 */
public final class Sessions {
    /** How many sessions are kept at once. */
    public static final int MAX_SESSIONS = 10_000;

    /** How much all of them keep at once, stored responses above all. */
    static final long MAX_KEPT_BYTES = 512L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int DRAWN_ID_BYTES = 8;

    /** Leaves 53 bits, which every reader of JSON keeps. */
    private static final int SEED_SHIFT = 11;

    /** One of so many sessions is forgotten at a time, so that looking for the oldest pays. */
    private static final int BATCH_DIVISOR = 100;

    private final long seed;
    private final int maxSessions;
    private final long maxKeptBytes;
    private final Kept kept = new Kept();
    private final ConcurrentMap<String, Session> byId = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private volatile Session usual;
    private volatile List<Fault> faults = List.of();

    /** @param seed the gateway's own, which that of a session follows from unless it is given one */
    public Sessions(long seed) {
        this(seed, MAX_SESSIONS);
    }

    /** @param maxSessions how many named ones are kept at once */
    public Sessions(long seed, int maxSessions) {
        this(seed, maxSessions, MAX_KEPT_BYTES);
    }

    Sessions(long seed, int maxSessions, long maxKeptBytes) {
        if (maxSessions < 1) {
            throw new IllegalArgumentException("sessions: " + maxSessions + " (expected: 1 or more)");
        }
        this.seed = seed;
        this.maxSessions = maxSessions;
        this.maxKeptBytes = maxKeptBytes;
        this.usual = new Session(Session.DEFAULT, seed, kept);
    }

    /** What is done to answers of the sessions that have no faults of their own. */
    public List<Fault> faults() {
        return faults;
    }

    /** Does {@code newFaults} to such answers from now on. */
    public void faults(List<Fault> newFaults) {
        faults = List.copyOf(newFaults);
    }

    /** The session of the requests that name none. */
    public Session usual() {
        return usual;
    }

    /** The session with this id, which is created where it is unknown. */
    public Session at(String id) {
        if (id.equals(Session.DEFAULT)) {
            return usual;
        }
        Session known = byId.get(id);
        if (known == null) {
            Session fresh = new Session(checked(id), derived(id), kept);
            fresh.used(System.nanoTime());
            Session first = byId.putIfAbsent(id, fresh);
            known = first == null ? fresh : first;
        }
        keepBoundWith(known);
        known.used(System.nanoTime());
        return known;
    }

    /** An id that no session has. */
    public String freeId() {
        byte[] drawn = new byte[DRAWN_ID_BYTES];
        random.nextBytes(drawn);
        String id = HexFormat.of().formatHex(drawn);
        return byId.containsKey(id) ? freeId() : id;
    }

    /** A new session; empty where there is one of this id. */
    public Optional<Session> create(String id) {
        return create(id, derived(id));
    }

    /** A new session with this seed; empty where there is one of this id. */
    public Optional<Session> create(String id, long ownSeed) {
        if (id.equals(Session.DEFAULT)) {
            return Optional.empty();
        }
        Session fresh = new Session(checked(id), ownSeed, kept);
        fresh.used(System.nanoTime());
        if (byId.putIfAbsent(id, fresh) != null) {
            return Optional.empty();
        }
        keepBoundWith(fresh);
        return Optional.of(fresh);
    }

    /** The session with this id; empty where there is none. Does not count as a use of it. */
    public Optional<Session> find(String id) {
        return id.equals(Session.DEFAULT) ? Optional.of(usual) : Optional.ofNullable(byId.get(id));
    }

    /** All sessions: the default one, then the others by id. */
    public List<Session> all() {
        Comparator<Session> order = Comparator.comparing((Session session) -> !session.isDefault());
        return Stream.concat(Stream.of(usual), byId.values().stream())
                .sorted(order.thenComparing(Session::id))
                .toList();
    }

    public int count() {
        return byId.size() + 1;
    }

    /**
     * Forgets a session: the next request that names it begins anew. The default one starts anew at once.
     *
     * @return whether there was one
     */
    public boolean forget(String id) {
        if (id.equals(Session.DEFAULT)) {
            Session before = usual;
            usual = new Session(Session.DEFAULT, seed, kept);
            before.synth().close();
            return true;
        }
        Session known = byId.remove(id);
        if (known != null) {
            known.synth().close();
        }
        return known != null;
    }

    /** How much the sessions keep at this moment, about. */
    long keptBytes() {
        return kept.bytes();
    }

    private void keepBoundWith(Session newest) {
        if (byId.size() > maxSessions || kept.bytes() > maxKeptBytes) {
            forgetOldest(newest);
        }
    }

    /** Event loops may wait for each other here: for one walk over the sessions, each time a hundredth of them is new. */
    private synchronized void forgetOldest(Session newest) {
        int surplus = byId.size() - maxSessions;
        if (surplus <= 0 && kept.bytes() <= maxKeptBytes) {
            return;
        }
        long now = System.nanoTime();
        List<Idle> oldest = byId.values().stream()
                .filter(session -> session != newest)
                .map(session -> Idle.of(session, now))
                .sorted()
                .toList();
        int batch = Math.max(surplus, maxSessions / BATCH_DIVISOR);
        int forgotten = 0;
        String first = "";
        for (Idle one : oldest) {
            boolean isFull = kept.bytes() > maxKeptBytes;
            if (!isFull && (surplus <= 0 || forgotten >= batch)) {
                break;
            }
            if (isFull || forgotten < surplus || !one.busy()) {
                byId.remove(one.session().id(), one.session());
                one.session().synth().close();
                first = forgotten == 0 ? one.session().id() : first;
                forgotten++;
            }
        }
        LOG.warn(
                "sessions: more than {} at once, or {} MB kept by them; the {} that were not used for the longest time are forgotten, {} first"
                        + " (delete a session when its test is over: DELETE /llmsim/sessions/ID)",
                maxSessions,
                maxKeptBytes >> 20,
                forgotten,
                first);
    }

    /** A session as it was at one moment: what its place in an order depends on must not change meanwhile. */
    private record Idle(Session session, boolean busy, long age) implements Comparable<Idle> {
        static Idle of(Session session, long nowNanos) {
            return new Idle(session, session.open() > 0, session.usedAfter(nowNanos));
        }

        @Override
        public int compareTo(Idle other) {
            int byUse = Boolean.compare(busy, other.busy);
            return byUse != 0 ? byUse : Long.compare(age, other.age);
        }
    }

    private static String checked(String id) {
        if (!Session.isId(id)) {
            throw new IllegalArgumentException("session: \"" + id + "\" (expected: " + Session.EXPECTED_ID + ")");
        }
        return id;
    }

    private long derived(String id) {
        byte[] own = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
        return Key.hash(own, id.getBytes(StandardCharsets.UTF_8)).high() >>> SEED_SHIFT;
    }
}
