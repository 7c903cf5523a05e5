package dev.llmsim.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.provider.model.Model;
import dev.llmsim.provider.simulation.ApiErrorException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsEndpointTest {
    private static final List<Model> MODELS = Stream.of("a", "b", "c", "d")
            .map(id -> new Model(id, id, "anthropic", 0, "", 1, 1, Set.of(), List.of(id + "-dated")))
            .toList();

    @Test
    void theListAndOneOfItAreWrittenAsTheServiceWritesThem() {
        String model = "{\"type\":\"model\",\"id\":\"model-a\",\"display_name\":\"Model A\",\"created_at\":"
                + "\"2025-08-07T00:00:00Z\",\"max_input_tokens\":400000,\"max_tokens\":128000,\"lifecycle\":\"active\"}";

        assertThat(Asked.get(Asked.saying("x"), "/v1/models/model-a").text()).isEqualTo(model);
        assertThat(Asked.get(Asked.saying("x"), "/v1/models?limit=5").text())
                .isEqualTo("{\"data\":[" + model
                        + "],\"has_more\":false,\"first_id\":\"model-a\",\"last_id\":\"model-a\"}");
    }

    @Test
    void aModelThatIsNotListedIsNotFound() {
        Asked asked = Asked.get(Asked.saying("x"), "/v1/models/nobody");

        assertThat(asked.answer().status()).isEqualTo(404);
        assertThat(asked.json().at("/error/type").asText()).isEqualTo("not_found_error");
        assertThat(asked.json().at("/error/message").asText()).isEqualTo("model: nobody");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=2                  | ab   | true
            limit=4                  | abcd | false
            after_id=b               | cd   | false
            after_id=a-dated&limit=2 | bc   | true
            before_id=c              | ab   | false
            before_id=d&limit=2      | bc   | true
            after_id=d               | ''   | false
            """)
    void pagesAreCutWhereTheClientSays(String query, String ids, boolean hasMore) {
        Page page = Page.of(MODELS, query);

        assertThat(String.join("", page.models().stream().map(Model::id).toList()))
                .isEqualTo(ids);
        assertThat(page.hasMore()).isEqualTo(hasMore);
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=1001", "limit=x", "after_id=nobody"})
    void wrongPagesAreRefused(String query) {
        Assertions.assertThatThrownBy(() -> Page.of(MODELS, query)).isInstanceOf(ApiErrorException.class);
    }
}
