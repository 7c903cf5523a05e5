package dev.llmsim.synth.faults;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The spelling of faults: {@code KIND@UNIT=N;NAME=VALUE}, the same wherever one is named. */
final class FaultText {
    /** More in one list are a mistake. */
    private static final int MOST = 32;

    private static final long MOST_STALL_MICROS = 3_600_000_000L;
    private static final int MOST_QUOTED_CHARS = 80;

    private static final Pattern PLACE = Pattern.compile("([a-z]+)=([0-9]{1,9})");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})(ms|s|m)");
    private static final Pattern RATE = Pattern.compile("([0-9]{1,9})(B|KB)/s");
    private static final Pattern CHANCE = Pattern.compile("0|1|0?\\.[0-9]{1,15}|[01]\\.0{1,15}|0\\.[0-9]{1,15}");

    private final String text;

    private FaultText(String text) {
        this.text = text;
    }

    static List<Fault> all(String listed) {
        String list = listed.strip();
        if (list.isEmpty() || list.equals("none")) {
            return List.of();
        }
        String[] texts = list.split(",", -1);
        if (texts.length > MOST) {
            throw new LlmSimException(ErrorCode.USAGE, "faults: " + texts.length + " (expected: " + MOST + " at most)");
        }
        return Arrays.stream(texts).map(FaultText::one).toList();
    }

    static Fault one(String spelled) {
        return new FaultText(spelled.strip()).fault();
    }

    private Fault fault() {
        String[] parts = text.split(";", -1);
        int at = parts[0].indexOf('@');
        String id = at < 0 ? parts[0] : parts[0].substring(0, at);
        FaultKind kind = FaultKind.byId(id).orElseThrow(() -> wrong("kind", id, kinds()));
        Map<String, String> settings = settings(parts, kind);
        String chance = settings.getOrDefault("p", "1");
        if (!CHANCE.matcher(chance).matches()) {
            throw wrong("p", chance, "a number from 0, never, to 1, always");
        }
        Place place = place(kind, at < 0 ? "" : parts[0].substring(at + 1));
        return new Fault(kind, place.unit(), place.number(), amount(kind, settings), Double.parseDouble(chance), text);
    }

    private Map<String, String> settings(String[] parts, FaultKind kind) {
        List<String> known = kind.setting().isEmpty() ? List.of("p") : List.of(kind.setting(), "p");
        Map<String, String> settings = new LinkedHashMap<>();
        for (String part : List.of(parts).subList(1, parts.length)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals).strip();
            if (equals < 0 || !known.contains(name)) {
                throw wrong(
                        "setting", part, known.stream().map(n -> n + "=VALUE").collect(Collectors.joining(", ")));
            }
            if (settings.put(name, part.substring(equals + 1).strip()) != null) {
                throw wrong("setting", part, name + " once");
            }
        }
        return settings;
    }

    /** Where it takes place; nowhere in particular where {@code unit} is empty. */
    private record Place(String unit, long number) {}

    private Place place(FaultKind kind, String spelled) {
        if (kind.units().isEmpty() && spelled.isEmpty() && text.indexOf('@') < 0) {
            return new Place("", 0);
        }
        Matcher matcher = PLACE.matcher(spelled);
        if (!matcher.matches() || !kind.units().contains(matcher.group(1))) {
            throw wrong("place", spelled, kind.example());
        }
        long number = Long.parseLong(matcher.group(2));
        if (number == 0 && (matcher.group(1).equals("event") || kind == FaultKind.SPLIT)) {
            throw wrong("place", spelled, "1 or more");
        }
        return new Place(matcher.group(1), number);
    }

    private long amount(FaultKind kind, Map<String, String> settings) {
        if (kind.setting().isEmpty()) {
            return 0;
        }
        String told = settings.getOrDefault(kind.setting(), "");
        long amount = kind.setting().equals("for") ? micros(told) : bytesPerSecond(told);
        if (amount < 1) {
            throw wrong(kind.setting(), told, kind.example() + ", above 0, of an hour at most");
        }
        return amount;
    }

    /** 0 where {@code told} is no duration that a fault may have. */
    private static long micros(String told) {
        Matcher matcher = DURATION.matcher(told);
        if (!matcher.matches()) {
            return 0;
        }
        long unit = switch (matcher.group(2)) {
            case "ms" -> 1_000;
            case "s" -> 1_000_000;
            default -> 60_000_000;
        };
        long micros = Long.parseLong(matcher.group(1)) * unit;
        return micros > MOST_STALL_MICROS ? 0 : micros;
    }

    private static long bytesPerSecond(String told) {
        Matcher matcher = RATE.matcher(told);
        if (!matcher.matches()) {
            return 0;
        }
        return Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("KB") ? 1_000 : 1);
    }

    private static String kinds() {
        return "one of "
                + Arrays.stream(FaultKind.values()).map(FaultKind::example).collect(Collectors.joining(", "))
                + "; each may have ;p=0.1";
    }

    private LlmSimException wrong(String what, String value, String expected) {
        return new LlmSimException(
                ErrorCode.USAGE,
                "fault: \"" + shortened(text) + "\": " + what + ": \"" + shortened(value) + "\" (expected: " + expected
                        + ")");
    }

    private static String shortened(String value) {
        return value.length() <= MOST_QUOTED_CHARS ? value : value.substring(0, MOST_QUOTED_CHARS) + "...";
    }
}
