package dev.llmsim.provider.framing;

import java.util.Locale;
import java.util.Set;

/** Chooses the framer for a body by its media type. */
public final class Framers {
    /** One JSON text a line. No registry knows them all; each is what some server sends. */
    private static final Set<String> LINES = Set.of(
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/x-jsonl",
            "application/jsonlines",
            "application/x-jsonlines",
            "application/json-lines",
            "application/json-seq",
            "application/stream+json",
            "text/x-ndjson");

    private Framers() {}

    /** A fresh framer; {@code contentTypeOrEmpty} may have parameters. */
    public static Framer forContentType(String contentTypeOrEmpty) {
        String type = mediaType(contentTypeOrEmpty);
        if (type.equals("text/event-stream")) {
            return new SseFramer();
        }
        if (type.equals(EventStreamMessage.MEDIA_TYPE)) {
            return new EventStreamFramer();
        }
        return LINES.contains(type) ? new LineFramer() : new ReadFramer();
    }

    /** Whether a body of this type is sent event by event or line by line. */
    public static boolean isStream(String contentTypeOrEmpty) {
        String type = mediaType(contentTypeOrEmpty);
        return type.equals("text/event-stream") || type.equals(EventStreamMessage.MEDIA_TYPE) || LINES.contains(type);
    }

    /** A fresh framer of server-sent events. */
    public static Framer sse() {
        return new SseFramer();
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
