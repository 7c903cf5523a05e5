package dev.llmsim.cassette.redaction;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.provider.coding.ContentCoding;
import dev.llmsim.provider.coding.Decoded;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Replaces secrets by typed placeholders before anything is written, and before anything is matched. Thread-safe.
 *
 * <p>A message is looked at twice, each time in one linear pass: first for secrets that tell by their name or their shape, then
 * for every occurrence, in any encoding, of all that are known: those, the request's credentials, and the environment's.
 * A secret that a model spells out over several events of a stream is not found: no run of bytes contains it.
 */
public final class Redactor {
    private final KnownValues environment;
    private final Predicate<String> keptRequestHeader;
    private final long maxDecodedBytes;

    /** Knows no environment; keeps the request headers of {@link dev.llmsim.provider.Operation#takesPartInMatching(String)}. */
    public Redactor() {
        this(Map.of());
    }

    /** {@code environment}: variables among which there may be secrets; they are not kept. */
    public Redactor(Map<String, String> environment) {
        this(environment, ContentCoding.MAX_DECODED_BYTES);
    }

    /** {@code maxDecodedBytes}: a coded request that is longer when decoded is one that cannot be decoded. */
    public Redactor(Map<String, String> environment, long maxDecodedBytes) {
        this(environment, HeaderRules::isMeaningful, maxDecodedBytes);
    }

    /** {@code keptRequestHeader}: told a name, whether headers of this name take part in matching. */
    public Redactor(Map<String, String> environment, Predicate<String> keptRequestHeader, long maxDecodedBytes) {
        this.environment = KnownValues.of(Environment.secrets(environment));
        this.keptRequestHeader = keptRequestHeader;
        this.maxDecodedBytes = maxDecodedBytes;
    }

    /** {@code raw} as it may be written and is matched. */
    public RedactedRequest redact(Request raw) {
        Ledger ledger = new Ledger();
        Credentials.of(raw).forEach(ledger::placeholder);
        Request kept = kept(raw);
        HeaderSurfaces headers = new HeaderSurfaces(kept.headers());
        Surface target = new Surface(Bytes.utf8(kept.target()), Place.URL);
        BodySurfaces body = BodySurfaces.of(
                kept.headers().contains("content-encoding")
                        ? "application/gzip"
                        : raw.headers().first("content-type").orElse(""),
                List.of(new Frame(0, kept.body())));
        Surfaces all = new Surfaces(List.of(List.of(target), headers.surfaces(), body.surfaces()));
        all.examine(ledger, environment);
        if (!all.areTouched()) {
            return new RedactedRequest(kept, new Secrets(ledger), false);
        }
        Request redacted = new Request(
                kept.upstream(),
                kept.method(),
                target.edits(ledger).apply(target.original()).utf8(),
                headers.rewrite(ledger),
                Bytes.concat(body.rewrite(ledger).stream().map(Frame::bytes).toList()));
        return new RedactedRequest(redacted, new Secrets(ledger), true);
    }

    /** A decoded and framed answer to the request that {@code secrets} came from, as it may be written. */
    public Response redact(Response decoded, Secrets secrets) {
        ResponseSurfaces surfaces = new ResponseSurfaces(decoded);
        Ledger ledger = secrets.copyOfLedger();
        Surfaces all = new Surfaces(surfaces.all());
        all.examine(ledger, environment);
        return all.areTouched() ? surfaces.rewrite(ledger) : decoded;
    }

    /**
     * A request's path and query as they may be logged, whatever they are. Knows no other part of the request, so of secrets
     * only those that have a key's shape or a secret name, or are in the environment.
     */
    public String loggable(String target) {
        Surface surface = new Surface(Bytes.utf8(Target.withoutSecrets(target)), Place.URL);
        Ledger ledger = new Ledger();
        new Surfaces(List.of(List.of(surface))).examine(ledger, environment);
        return surface.edits(ledger).apply(surface.original()).utf8();
    }

    private Request kept(Request raw) {
        String coding = String.join(",", raw.headers().all("content-encoding"));
        Headers headers = raw.headers().filter(line -> keptRequestHeader.test(line.lowerCaseName()));
        Bytes body = raw.body();
        if (!coding.isEmpty()) {
            Decoded decoded = ContentCoding.decode(List.of(new Frame(0, raw.body())), coding, maxDecodedBytes);
            headers = headers.without("content-encoding");
            if (decoded instanceof Decoded.Plain) {
                body = decoded.bytes();
            } else {
                body = digest(raw.body());
                headers = headers.with("content-encoding", coding);
            }
        }
        return new Request(raw.upstream(), raw.method(), Target.withoutSecrets(raw.target()), headers, body);
    }

    /**
     * What stands for a body that cannot be searched: equal for equal bodies, so that it is found again. Not the part that can be decoded:
     * two bodies may have that in common.
     */
    private static Bytes digest(Bytes coded) {
        return Bytes.utf8("{{undecodable:" + coded.length() + "-bytes-sha-256-" + sha256(coded) + "}}");
    }

    private static String sha256(Bytes bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.asByteBuffer());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every JDK has it", e);
        }
    }

    /** All texts of one message. */
    private record Surfaces(List<List<Surface>> groups) {
        void examine(Ledger ledger, KnownValues environment) {
            Set<Secret> learned = new LinkedHashSet<>(ledger.secrets());
            groups.forEach(group -> group.forEach(surface -> surface.discover(learned::add)));
            KnownValues known = KnownValues.of(learned);
            for (List<Surface> group : groups) {
                for (Surface surface : group) {
                    surface.search(known);
                    surface.search(environment);
                }
            }
        }

        boolean areTouched() {
            return groups.stream().anyMatch(group -> group.stream().anyMatch(Surface::isTouched));
        }
    }
}
