package dev.llmsim.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the figures of several rounds; what counts is the median over the rounds, of ratios as of figures. */
final class Rounds {
    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();

    void add(String name, Map<String, Double> measured) {
        Map<String, List<Double>> columns = figures.computeIfAbsent(name, any -> new LinkedHashMap<>());
        measured.forEach((column, value) ->
                columns.computeIfAbsent(column, any -> new ArrayList<>()).add(value));
    }

    /** The median over the rounds. */
    double median(String name, String column) {
        return median(values(name, column));
    }

    /** The median of the ratios of {@code column}, {@code name} to {@code other}, each of one round. */
    double ratio(String name, String other, String column) {
        List<Double> above = values(name, column);
        List<Double> below = values(other, column);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < above.size(); i++) {
            ratios.add(above.get(i) / below.get(i));
        }
        return median(ratios);
    }

    List<String> columns(String name) {
        return List.copyOf(figures.getOrDefault(name, Map.of()).keySet());
    }

    private List<Double> values(String name, String column) {
        return figures.getOrDefault(name, Map.of()).getOrDefault(column, List.of());
    }

    private static double median(List<Double> values) {
        return values.isEmpty()
                ? Double.NaN
                : Samples.of(values.stream().mapToDouble(Double::doubleValue).toArray())
                        .median();
    }
}
