package dev.llmsim.provider.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmsim.provider.conversation.Turn;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class StoredResponsesTest {
    private static final String PATH = "/v1/responses/";
    private final Asked.Session session = Asked.Session.saying("H", "i");

    @Test
    void aStoredResponseIsReadAgainUntilItIsDeleted() {
        Asked created = session.create("{'model':'gpt-5','input':'hi'}");
        String path = PATH + created.id();

        assertThat(session.get(path).text()).isEqualTo(created.text());
        assertThat(session.delete(path).text())
                .isEqualTo("{\"id\":\"" + created.id() + "\",\"object\":\"response\",\"deleted\":true}");
        assertThat(session.get(path).answer().status()).isEqualTo(404);
        String item = created.json().at("/output/0/id").asText();
        assertThat(session.create("{'model':'gpt-5','input':[{'type':'item_reference','id':'" + item + "'}]}")
                        .answer()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatIsNotToBeStoredIsNot() {
        String id =
                session.create("{'model':'gpt-5','input':'hi','store':false}").id();

        assertThat(session.get(PATH + id).answer().status()).isEqualTo(404);
    }

    @Test
    void aConversationIsContinuedWithoutTheInstructionsOfBefore() {
        String first = session.create("{'model':'gpt-5','input':'One.','instructions':'Be brief.'}")
                .id();
        Asked second = session.create(
                "{'model':'gpt-5','input':'Two.','instructions':'Be long.','previous_response_id':'" + first + "'}");
        session.delete(PATH + first);
        session.create("{'model':'gpt-5','input':'Three.','previous_response_id':'" + second.id() + "'}");

        assertThat(second.json().path("previous_response_id").asText()).isEqualTo(first);
        assertThat(session.fixed().prompts().stream()
                        .map(prompt -> prompt.turns().stream().map(Turn::text).toList()))
                .containsExactly(
                        List.of("Be brief.", "One."),
                        List.of("Be long.", "One.", "Hi", "Two."),
                        List.of("One.", "Hi", "Two.", "Hi", "Three."));
    }

    @Test
    void itemsCanBeReferredTo() {
        String item = session.create("{'model':'gpt-5','input':'hi'}")
                .json()
                .at("/output/0/id")
                .asText();
        session.create("{'model':'gpt-5','input':[{'type':'item_reference','id':'" + item
                + "'},{'role':'user','content':'And?'}]}");

        assertThat(session.fixed().prompts().get(1).turns().stream().map(Turn::text))
                .containsExactly("Hi", "And?");
    }

    @Test
    void inputItemsAreListedPageByPage() {
        String id = session.create("{'model':'gpt-5','input':[{'role':'user','content':'a'},"
                        + "{'role':'assistant','content':'b'},{'role':'user','content':'c'}]}")
                .id();
        String path = PATH + id + "/input_items";

        JsonNode all = session.get(path).json();
        assertThat(texts(all)).containsExactly("c", "b", "a");
        assertThat(all.path("has_more").asBoolean()).isFalse();
        assertThat(all.path("object").asText()).isEqualTo("list");
        JsonNode page = session.get(path + "?order=asc&limit=2").json();
        assertThat(texts(page)).containsExactly("a", "b");
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(page.path("first_id")).isEqualTo(page.at("/data/0/id"));
        String last = page.path("last_id").asText();
        JsonNode rest = session.get(path + "?order=asc&after=" + last).json();
        assertThat(texts(rest)).containsExactly("c");
        assertThat(page.at("/data/0").toString().replaceAll("_[0-9a-f]{50}", ""))
                .isEqualTo("{\"id\":\"msg\",\"type\":\"message\",\"status\":\"completed\","
                        + "\"content\":[{\"type\":\"input_text\",\"text\":\"a\"}],\"role\":\"user\"}");
        assertThat(session.get(path + "?limit=101").error())
                .isEqualTo("400 invalid_request_error limit integer_above_max_value: Invalid 'limit': integer above"
                        + " maximum value. Expected a value <= 100, but got 101 instead.");
    }

    private static List<String> texts(JsonNode page) {
        return StreamSupport.stream(page.path("data").spliterator(), false)
                .map(item -> item.at("/content/0/text").asText())
                .toList();
    }

    @Test
    void inTheBackgroundAResponseIsQueuedThenWorkedOnThenCompleted() {
        Asked created = session.create("{'model':'gpt-5','input':'hi','background':true}");
        String path = PATH + created.id();

        assertThat(created.json().path("status").asText()).isEqualTo("queued");
        assertThat(created.json().path("usage").isNull()).isTrue();
        assertThat(created.json().path("output")).isEmpty();
        assertThat(created.json().path("service_tier").asText()).isEqualTo("auto");
        assertThat(status(path)).isEqualTo("queued");
        session.fixed().pass(1);
        assertThat(status(path)).isEqualTo("in_progress");
        session.fixed().pass(1);
        assertThat(status(path)).isEqualTo("completed");
        JsonNode done = session.get(path).json();
        assertThat(done.path("output_text").asText()).isEqualTo("Hi");
        assertThat(done.path("completed_at").asLong() - done.path("created_at").asLong())
                .isEqualTo(2);
        assertThat(session.post(path + "/cancel", "{}").json().path("status").asText())
                .as("too late")
                .isEqualTo("completed");
    }

    @Test
    void inTheBackgroundAResponseCanBeCancelled() {
        String path = PATH
                + session.create("{'model':'gpt-5','input':'hi','background':true}")
                        .id();

        assertThat(session.post(path + "/cancel", "{}").json().path("status").asText())
                .isEqualTo("cancelled");
        session.fixed().pass(60);
        assertThat(status(path)).isEqualTo("cancelled");
        assertThat(session.get(path).json().path("output")).isEmpty();
    }

    @Test
    void onlyInTheBackgroundAResponseCanBeCancelled() {
        String id = session.create("{'model':'gpt-5','input':'hi'}").id();

        assertThat(session.post(PATH + id + "/cancel", "{}").error())
                .isEqualTo("400 invalid_request_error - -: Cannot cancel a synchronous response.");
    }

    private String status(String path) {
        return session.get(path).json().path("status").asText();
    }

    @Test
    void aStreamCanBeTakenUpAgainWhereItBroke() {
        Asked stream = session.create("{'model':'gpt-5','input':'hi','background':true,'stream':true}");
        String id = stream.last().at("/response/id").asText();

        Asked rest = session.get(PATH + id + "?stream=true&starting_after=5&include_obfuscation=false");

        assertThat(stream.types()).startsWith("created", "queued", "in_progress", "output_item.added");
        List<JsonNode> events = stream.events();
        List<String> expected = events.subList(6, events.size()).stream()
                .map(event -> event.toString().replaceFirst("\"obfuscation\":\"[^\"]*\",", ""))
                .toList();
        assertThat(rest.events().stream().map(JsonNode::toString)).containsExactlyElementsOf(expected);
        assertThat(rest.answer().work().shownTokens()).isEqualTo(1);
    }
}
