package dev.llmsim.match;

import dev.llmsim.match.Node.Items;
import dev.llmsim.match.Node.Text;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What differs between the routes of two requests. */
final class RouteComparison {
    private static final Set<String> BEFORE_A_MODEL = Set.of("models", "model", "deployments");

    private RouteComparison() {}

    static void differences(CanonicalRequest recorded, CanonicalRequest asked, List<Difference> found) {
        if (!recorded.method().equals(asked.method())) {
            found.add(Difference.of(Cause.ROUTE, "method", new Text(recorded.method()), new Text(asked.method())));
        }
        if (!recorded.path().equals(asked.path())) {
            Cause cause = causeOf(recorded.path().split("/", -1), asked.path().split("/", -1));
            found.add(Difference.of(cause, "path", new Text(recorded.path()), new Text(asked.path())));
        }
        inPairs(Cause.ROUTE, "query ", recorded.query(), asked.query(), found);
    }

    /** The first of two lists of named pairs that differs. */
    static void inPairs(Cause cause, String kind, Items recorded, Items asked, List<Difference> found) {
        for (int i = 0; i < Math.max(recorded.list().size(), asked.list().size()); i++) {
            Node one = TreeDifference.at(recorded.list(), i);
            Node other = TreeDifference.at(asked.list(), i);
            if (one == null || !one.equals(other)) {
                String oneName = name(one);
                String otherName = name(other);
                boolean same = oneName.equals(otherName);
                boolean onlyRecorded = !same && (other == null || (one != null && oneName.compareTo(otherName) < 0));
                found.add(Difference.of(
                        cause,
                        kind + (same || onlyRecorded ? oneName : otherName),
                        same || onlyRecorded ? value(one) : null,
                        same || !onlyRecorded ? value(other) : null));
                return;
            }
        }
    }

    private static String name(@Nullable Node pair) {
        return pair instanceof Items items && items.list().get(0) instanceof Text name ? name.value() : "";
    }

    private static @Nullable Node value(@Nullable Node pair) {
        return pair instanceof Items items ? items.list().get(items.list().size() - 1) : null;
    }

    private static Cause causeOf(String[] recorded, String[] asked) {
        int last = recorded.length - 1;
        for (int i = 0; i <= last; i++) {
            if (recorded.length != asked.length) {
                return Cause.ROUTE;
            }
            if (!recorded[i].equals(asked[i])) {
                return i > 0 && BEFORE_A_MODEL.contains(recorded[i - 1])
                        ? causeOfModels(recorded[i], asked[i])
                        : streaming(i == last, recorded[i], asked[i]);
            }
        }
        return Cause.ROUTE;
    }

    private static Cause causeOfModels(String recorded, String asked) {
        int colon = recorded.lastIndexOf(':');
        boolean sameModel = colon >= 0 && asked.startsWith(recorded.substring(0, colon + 1));
        return sameModel ? streaming(true, recorded.substring(colon), asked.substring(colon)) : Cause.MODEL;
    }

    private static Cause streaming(boolean last, String recorded, String asked) {
        boolean oneStreams = recorded.contains("stream") != asked.contains("stream");
        return last && oneStreams ? Cause.STREAM_FLAG : Cause.ROUTE;
    }
}
