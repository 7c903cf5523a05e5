package dev.llmsim.provider.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The models that each provider lists. Immutable. */
public final class Catalogue {
    public static final String OPENAI_LIST = "openai-list";
    public static final String ANTHROPIC_LIST = "anthropic-list";
    public static final String GEMINI_LIST = "gemini-list";

    private static final Catalogue STANDARD = new Catalogue(withGemini(CatalogueRows.read()), Map.of(), false);

    private final Map<String, List<Model>> lists;
    private final Map<String, Model> bySpelling = new LinkedHashMap<>();
    private final Map<String, Model> available;
    private final boolean snapshots;

    private Catalogue(Map<String, List<Model>> lists, Map<String, Model> available, boolean snapshots) {
        this.lists = lists;
        this.available = available;
        this.snapshots = snapshots;
        lists.values().forEach(list -> list.forEach(model -> bySpelling.putIfAbsent(model.id(), model)));
        lists.values()
                .forEach(list ->
                        list.forEach(model -> model.aliases().forEach(alias -> bySpelling.putIfAbsent(alias, model))));
    }

    /** All models that we know, under the ids by which they were asked for. */
    public static Catalogue standard() {
        return STANDARD;
    }

    /** This catalogue, with an OpenAI list of {@code ids} alone, in their order; no ids: the whole list. */
    public Catalogue available(List<String> ids) {
        Map<String, Model> chosen = new LinkedHashMap<>();
        ids.forEach(id -> chosen.putIfAbsent(id, named(id)));
        return new Catalogue(lists, chosen, snapshots);
    }

    /** This catalogue; with {@code snapshots}, answers name the dated form of a model. */
    public Catalogue snapshots(boolean newSnapshots) {
        return new Catalogue(lists, available, newSnapshots);
    }

    /** The models of a list, in its order; none where there is no such list. */
    public List<Model> models(String list) {
        return list.equals(OPENAI_LIST) && !available.isEmpty()
                ? List.copyOf(available.values())
                : lists.getOrDefault(list, List.of());
    }

    /** The model that {@code id} means: an id, an alias, a dated id, one of another provider's style. */
    public Optional<Model> find(String id) {
        for (String spelling : ModelIds.spellings(id)) {
            Model model = bySpelling.get(spelling);
            if (model != null) {
                return Optional.of(model);
            }
        }
        return Optional.ofNullable(available.get(id));
    }

    /** As {@link #find}, but empty for a model of the OpenAI list that is not {@link #available}. */
    public Optional<Model> findListed(String id) {
        if (available.containsKey(id)) {
            return Optional.of(named(id));
        }
        return find(id).filter(model -> available.isEmpty()
                || available.containsKey(model.id())
                || lists.getOrDefault(ANTHROPIC_LIST, List.of()).contains(model)
                || lists.getOrDefault(GEMINI_LIST, List.of()).contains(model));
    }

    /** The id that an answer of {@code id} names. */
    public String answered(String id) {
        return snapshots && !ModelIds.isDated(id)
                ? find(id).map(Catalogue::snapshot).orElse(id)
                : id;
    }

    private static String snapshot(Model model) {
        for (String alias : model.aliases()) {
            if (ModelIds.isDated(alias)) {
                return alias;
            }
        }
        boolean isNamedByDate = model.owner().equals("openai")
                && !model.date().isEmpty()
                && !model.id().endsWith("-latest")
                && !model.id().startsWith("gpt-image");
        return isNamedByDate ? model.id() + "-" + model.date() : model.id();
    }

    private Model named(String id) {
        return find(id).map(model -> renamed(model, id)).orElseGet(() -> unknown(id));
    }

    private static Model renamed(Model model, String id) {
        return model.id().equals(id)
                ? model
                : new Model(
                        id,
                        model.name(),
                        model.owner(),
                        model.createdSeconds(),
                        model.date(),
                        model.contextTokens(),
                        model.maxOutputTokens(),
                        model.capabilities(),
                        List.of());
    }

    private static Model unknown(String id) {
        return new Model(id, id, ModelIds.owner(id), 0, "", 0, 0, Set.of(), List.of());
    }

    private static Map<String, List<Model>> withGemini(Map<String, List<Model>> read) {
        Map<String, List<Model>> lists = new LinkedHashMap<>();
        read.forEach((name, models) -> lists.put(name, List.copyOf(models)));
        List<Model> gemini = new ArrayList<>(read.getOrDefault(OPENAI_LIST, List.of()));
        gemini.removeIf(model -> !model.owner().equals("google"));
        gemini.addAll(read.getOrDefault(GEMINI_LIST, List.of()));
        lists.put(GEMINI_LIST, List.copyOf(gemini));
        return lists;
    }
}
