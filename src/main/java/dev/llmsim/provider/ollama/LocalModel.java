package dev.llmsim.provider.ollama;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model as a server has it that has pulled it.
 *
 * @param name with its tag
 * @param size of its parameters: {@code 3.2B}
 * @param megabytes of its file
 * @param contextTokens the most tokens of prompt and answer together
 * @param dimensions of its vectors
 * @param abilities in the words of the API: {@code completion}, {@code tools}, {@code vision}, {@code thinking} ...
 */
record LocalModel(
        String name,
        String family,
        String size,
        String quantization,
        int megabytes,
        int contextTokens,
        int dimensions,
        Set<String> abilities) {
    /** When each of them was pulled: 2025-06-01, in the form that this API gives times. */
    static final String MODIFIED = "2025-06-01T12:00:00Z";

    static final long MODIFIED_SECONDS = 1_748_779_200;

    /** Sizes and abilities as ollama.com lists them. */
    private static final List<LocalModel> PULLED =
            """
            llama3.2:latest           llama       3.2B   Q4_K_M  2019   131072  3072  completion,tools
            llama3.1:8b               llama       8.0B   Q4_K_M  4920   131072  4096  completion,tools
            llama3.3:70b              llama       70.6B  Q4_K_M  42520  131072  8192  completion,tools
            mistral:7b                llama       7.2B   Q4_K_M  4372   32768   4096  completion,tools
            qwen2.5-coder:7b          qwen2       7.6B   Q4_K_M  4683   32768   3584  completion,tools,insert
            qwen3:8b                  qwen3       8.2B   Q4_K_M  5225   40960   4096  completion,tools,thinking
            deepseek-r1:8b            qwen3       8.2B   Q4_K_M  5225   131072  4096  completion,tools,thinking
            gpt-oss:20b               gptoss      20.9B  MXFP4   13793  131072  2880  completion,tools,thinking
            gemma3:4b                 gemma3      4.3B   Q4_K_M  3338   131072  2560  completion,vision
            llava:7b                  llama       7.2B   Q4_0    4733   32768   4096  completion,vision
            nomic-embed-text:latest   nomic-bert  137M   F16     274    2048    768   embedding
            mxbai-embed-large:latest  bert        334M   F16     670    512     1024  embedding
            all-minilm:latest         bert        23M    F16     46     512     384   embedding
            """.lines().map(LocalModel::parse).toList();

    private static final Pattern NAME = Pattern.compile("(.*/)?([a-z]+)?.*?(:.*?(\\d+(\\.\\d+)?[bm]).*)?");
    private static final Pattern THINKS = Pattern.compile(".*(qwen3|-r1|gpt-oss|magistral|qwq|think|reason).*");
    private static final Pattern EMBEDS = Pattern.compile(".*(embed|minilm|bge-).*");

    LocalModel {
        abilities = Set.copyOf(abilities);
    }

    static List<LocalModel> pulled() {
        return PULLED;
    }

    /** The one that {@code id} means, whose tag may be missing; empty where there is none (requests may name any). */
    static Optional<LocalModel> find(String id) {
        String wanted = id.toLowerCase(Locale.ROOT);
        return PULLED.stream()
                .filter(model -> model.name.equals(wanted) || model.base().equals(wanted))
                .findFirst();
    }

    /** The same, or else a likely one. */
    static LocalModel of(String id) {
        return find(id).orElseGet(() -> likely(id));
    }

    boolean can(String ability) {
        return abilities.contains(ability);
    }

    /** The name without its tag. */
    private String base() {
        return name.substring(0, name.indexOf(':'));
    }

    private static LocalModel likely(String id) {
        String name = id.toLowerCase(Locale.ROOT);
        Matcher parts = NAME.matcher(name);
        boolean named = parts.matches() && parts.group(2) != null;
        String size = named && parts.group(4) != null ? parts.group(4).toUpperCase(Locale.ROOT) : "8.0B";
        Set<String> abilities = Set.of("completion", "tools", "vision");
        if (EMBEDS.matcher(name).matches()) {
            abilities = Set.of("embedding");
        } else if (THINKS.matcher(name).matches()) {
            abilities = Set.of("completion", "tools", "thinking");
        }
        return new LocalModel(id, named ? parts.group(2) : "llama", size, "Q4_K_M", 4920, 131_072, 4096, abilities);
    }

    private static LocalModel parse(String line) {
        List<String> cells = List.of(line.split(" +"));
        return new LocalModel(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                Integer.parseInt(cells.get(4)),
                Integer.parseInt(cells.get(5)),
                Integer.parseInt(cells.get(6)),
                Set.copyOf(Arrays.asList(cells.get(7).split(","))));
    }
}
