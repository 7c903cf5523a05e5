package dev.llmsim.synth.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a fault does. In the order in which faults take place on one answer: what changes events first, what ends it last. */
public enum FaultKind {
    /** An event is left out. */
    DROP("event", ""),
    /** A byte of an event is damaged, so that it cannot be parsed. */
    CORRUPT("event", ""),
    /** The provider's own error stands in the place of an event and ends the stream. */
    ERROR("event", ""),
    /** What would leave together leaves in two packets. */
    SPLIT("byte", ""),
    /** The body comes at so many bytes a second at most. */
    DRIP("", "rate"),
    /** Nothing comes for a time. */
    STALL("frame byte", "for"),
    /** The connection is closed (TCP FIN) before the answer has ended. */
    CUT("frame byte", ""),
    /** The connection is reset (TCP RST) before the answer has ended. */
    RESET("frame byte", "");

    private final String units;
    private final String setting;

    FaultKind(String units, String setting) {
        this.units = units;
        this.setting = setting;
    }

    /** How it is spelled. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FaultKind> byId(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }

    /** In what its place may be counted; empty where it has none. */
    List<String> units() {
        return units.isEmpty() ? List.of() : List.of(units.split(" "));
    }

    /** The setting that it must have beside its place; empty where it has none. */
    String setting() {
        return setting;
    }

    /** What a whole spelling of it looks like. */
    String example() {
        String place = units.isEmpty() ? "" : "@" + units.replace(' ', '|') + "=N";
        return switch (setting) {
            case "for" -> id() + place + ";for=5s";
            case "rate" -> id() + place + ";rate=200B/s";
            default -> id() + place;
        };
    }
}
