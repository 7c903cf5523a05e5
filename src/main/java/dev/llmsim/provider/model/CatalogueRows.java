package dev.llmsim.provider.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code catalogue.tsv}: a line of column names, then one model a line, under the name of its list. */
final class CatalogueRows {
    private static final String RESOURCE = "catalogue.tsv";

    private CatalogueRows() {}

    static Map<String, List<Model>> read() {
        Map<String, List<Model>> lists = new LinkedHashMap<>();
        text().lines().skip(1).filter(line -> !line.isBlank()).forEach(line -> {
            List<String> cells = List.of(line.split("\t", -1));
            lists.computeIfAbsent(cells.get(0), list -> new ArrayList<>()).add(model(cells));
        });
        return lists;
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(CatalogueRows.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of our own can be read: " + RESOURCE, e);
        }
    }

    private static Model model(List<String> cells) {
        return new Model(
                cells.get(1),
                cells.get(2),
                cells.get(3),
                Long.parseLong(cells.get(4)),
                cells.get(5),
                Integer.parseInt(cells.get(6)),
                Integer.parseInt(cells.get(7)),
                capabilities(cells.get(8)),
                words(cells.get(10), " "));
    }

    private static Set<Model.Capability> capabilities(String cell) {
        return words(cell, "/").stream()
                .map(word -> Model.Capability.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> words(String cell, String separator) {
        return cell.isEmpty() ? List.of() : Arrays.asList(cell.split(separator));
    }
}
