package dev.llmsim.gateway;

/** The {@code /s/ID} that may stand before the upstream's name in a target. Doubled slashes are read as one. Pure. */
final class SessionPrefix {
    private static final String NONE = "";

    private SessionPrefix() {}

    /** The prefix of the session with this id. */
    static String of(String id) {
        return "/s/" + id;
    }

    /** Whether {@code target} begins with the prefix, whatever the id is. */
    static boolean isOn(String target) {
        return idStart(target) >= 0;
    }

    /** The id in the prefix of {@code target}, as it stands there; empty where there is none. */
    static String id(String target) {
        int start = idStart(target);
        return start < 0 ? NONE : target.substring(start, idEnd(target, start));
    }

    /** {@code target} without the prefix: the very same where it has none. */
    static String without(String target) {
        int start = idStart(target);
        if (start < 0) {
            return target;
        }
        String rest = target.substring(idEnd(target, start));
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /** Where the id begins; -1 without a prefix. */
    private static int idStart(String target) {
        int name = afterSlashes(target, 0);
        boolean there = name > 0 && target.startsWith("s/", name);
        return there ? afterSlashes(target, name + 1) : -1;
    }

    private static int idEnd(String target, int start) {
        int end = start;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        return end;
    }

    private static int afterSlashes(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '/') {
            at++;
        }
        return at;
    }
}
