package dev.llmsim.match;

/** Why the nearest recording does not answer a request. */
public enum Cause {
    MODEL("another model", "ask for the recorded model, or record this one"),
    SYSTEM_PROMPT(
            "another system prompt",
            "keep dates, ids and paths in it fixed if they change from run to run, or record this one"),
    TOOLS("other tools", "offer the recorded tools, or record these"),
    MESSAGE_EDITED(
            "edited", "keep dates, ids and paths in it fixed if they change from run to run, or record this one"),
    EXTRA_TURN("a turn more than was recorded", "record the conversation to its present end"),
    MISSING_TURN("a turn fewer than was recorded", "send the recorded turns, or record this conversation"),
    PARAMETER("another parameter", "send the recorded value, or record this one"),
    STREAM_FLAG(
            "streaming against not streaming",
            "a recording answers requests of its own kind only: ask as it was recorded, or record this kind too"),
    ROUTE("another method, path, query or upstream", "ask for the recorded route, or record this one"),
    HEADERS("other headers that change the answer", "send the recorded headers, or record these"),
    OTHER("other bytes", "send the recorded bytes, or record these");

    private final String words;
    private final String remedy;

    Cause(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    String words() {
        return words;
    }

    /** What to do, in one line. */
    public String remedy() {
        return remedy + " (llmsim auto records what is missing; llmsim record records everything anew)";
    }
}
