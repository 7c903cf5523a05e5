package dev.llmsim.cassette.redaction;

/** Request targets. */
final class Target {
    private Target() {}

    /** {@code target} without the query parameters that carry credentials; what remains is as it was. */
    static String withoutSecrets(String target) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return target;
        }
        String query = target.substring(mark + 1);
        StringBuilder kept = new StringBuilder(target.length());
        boolean dropped = false;
        for (QueryPart part : QueryPart.of(query)) {
            if (part.isSecret()) {
                dropped = true;
            } else {
                kept.append(kept.isEmpty() ? "?" : "&").append(query, part.from(), part.to());
            }
        }
        return dropped ? target.substring(0, mark) + kept : target;
    }
}
