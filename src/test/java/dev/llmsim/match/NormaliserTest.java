package dev.llmsim.match;

import static dev.llmsim.match.Asked.CHAT;
import static dev.llmsim.match.Asked.COHERE;
import static dev.llmsim.match.Asked.CONVERSE;
import static dev.llmsim.match.Asked.GEMINI;
import static dev.llmsim.match.Asked.MESSAGES;
import static dev.llmsim.match.Asked.OLLAMA;
import static dev.llmsim.match.Asked.RESPONSES;
import static dev.llmsim.match.Asked.key;
import static dev.llmsim.match.Asked.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NormaliserTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> TARGETS = Map.of(
            "chat", CHAT,
            "responses", RESPONSES,
            "messages", MESSAGES,
            "gemini", GEMINI,
            "converse", CONVERSE,
            "cohere", COHERE,
            "ollama", OLLAMA,
            "unknown", "/v1/whatever",
            "embeddings", "/v1/embeddings",
            "completions", "/v1/completions");

    /** Lines of {@code TARGET | JSON | JSON}. */
    private static Stream<Arguments> pairs(String lines) {
        return lines.lines()
                .filter(line -> !line.isBlank())
                .map(line -> Arguments.of((Object[]) line.strip().split(" \\| ", 3)));
    }

    static Stream<Arguments> equal() {
        return pairs("""
                unknown | {'a':1,'b':[1,2]} | { 'b' : [ 1 , 2 ] , 'a' : 1 }
                unknown | {'a':1} | {'a':1.0}
                unknown | {'a':1} | {'a':1e0}
                unknown | {'a':100} | {'a':1E+2}
                unknown | {'a':0} | {'a':-0.0}
                unknown | {'a':0.1} | {'a':1.00e-1}
                unknown | {'a':12345678901234567890123456789} | {'a':1.2345678901234567890123456789e28}
                unknown | {'a':'ü/'} | {'a':'\\u00fc\\/'}
                unknown | {'a':'\\ud83d\\ude00'} | {'a':'😀'}
                chat | {'model':'m','user':'u1'} | {'model':'m','user':'u2'}
                chat | {'model':'m','user':'u1','metadata':{'a':'b'},'safety_identifier':'s','prompt_cache_key':'k'} | {'model':'m'}
                chat | {'stream':false,'n':1,'frequency_penalty':0,'presence_penalty':0.0,'logprobs':false} | {}
                chat | {'messages':[{'role':'user','content':'hi'}]} | {'messages':[{'role':'user','content':[{'type':'text','text':'hi'}]}]}
                chat | {'messages':[{'tool_calls':[{'id':'a','function':{'name':'f','arguments':'{\\"x\\": 1, \\"y\\":2}'}}]}]} | {'messages':[{'tool_calls':[{'id':'a','function':{'name':'f','arguments':'{\\"y\\":2.0,\\"x\\":1}'}}]}]}
                chat | {'messages':[{'function_call':{'arguments':'{ }'}}]} | {'messages':[{'function_call':{'arguments':'{}'}}]}
                chat | {'messages':[{'content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,+/+/QQ=='}}]}]} | {'messages':[{'content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,-_-_QQ'}}]}]}
                chat | {'messages':[{'content':[{'type':'input_audio','input_audio':{'data':'QUJD\\r\\nREVG','format':'wav'}}]}]} | {'messages':[{'content':[{'type':'input_audio','input_audio':{'data':'QUJDREVG','format':'wav'}}]}]}
                chat | {'messages':[{'tool_calls':[{'id':'a1'},{'id':'b1'}]},{'tool_call_id':'a1','content':'A'},{'tool_call_id':'b1','content':'B'}]} | {'messages':[{'tool_calls':[{'id':'x'},{'id':'y'}]},{'tool_call_id':'x','content':'A'},{'tool_call_id':'y','content':'B'}]}
                responses | {'input':'hi'} | {'input':[{'role':'user','content':'hi'}]}
                responses | {'input':'hi'} | {'input':[{'type':'message','role':'user','content':[{'type':'input_text','text':'hi'}]}]}
                responses | {'input':'hi','stream':false,'background':false,'metadata':{},'user':'u'} | {'input':'hi'}
                responses | {'input':[{'type':'function_call','call_id':'c1','arguments':'{\\"a\\": 1}'},{'type':'function_call_output','call_id':'c1'}]} | {'input':[{'type':'function_call','call_id':'c9','arguments':'{\\"a\\":1}'},{'type':'function_call_output','call_id':'c9'}]}
                messages | {'system':'s','messages':[{'role':'user','content':'hi'}]} | {'system':[{'type':'text','text':'s'}],'messages':[{'role':'user','content':[{'text':'hi','type':'text'}]}],'stream':false,'metadata':{'user_id':'u'}}
                messages | {'messages':[{'content':[{'type':'tool_use','id':'t1'}]},{'content':[{'type':'tool_result','tool_use_id':'t1'}]}]} | {'messages':[{'content':[{'type':'tool_use','id':'t2'}]},{'content':[{'type':'tool_result','tool_use_id':'t2'}]}]}
                messages | {'messages':[{'content':[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'QUI='}}]}]} | {'messages':[{'content':[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'QUI'}}]}]}
                gemini | {'contents':[{'parts':[{'inlineData':{'mimeType':'a/b','data':'QUI='}}]}]} | {'contents':[{'parts':[{'inlineData':{'mimeType':'a/b','data':'QUI'}}]}]}
                gemini | {'contents':[{'parts':[{'functionCall':{'id':'1','name':'f'}}]},{'parts':[{'functionResponse':{'id':'1'}}]}]} | {'contents':[{'parts':[{'functionCall':{'id':'2','name':'f'}}]},{'parts':[{'functionResponse':{'id':'2'}}]}]}
                converse | {'messages':[{'content':[{'image':{'format':'png','source':{'bytes':'QUI='}}}]}]} | {'messages':[{'content':[{'image':{'format':'png','source':{'bytes':'QUI'}}}]}],'requestMetadata':{'a':'b'}}
                converse | {'messages':[{'content':[{'toolUse':{'toolUseId':'1'}}]},{'content':[{'toolResult':{'toolUseId':'1'}}]}]} | {'messages':[{'content':[{'toolUse':{'toolUseId':'2'}}]},{'content':[{'toolResult':{'toolUseId':'2'}}]}]}
                cohere | {'stream':false,'messages':[{'tool_calls':[{'id':'a','function':{'arguments':'{ }'}}]},{'tool_call_id':'a'}]} | {'messages':[{'tool_calls':[{'id':'b','function':{'arguments':'{}'}}]},{'tool_call_id':'b'}]}
                ollama | {'model':'m','stream':true} | {'model':'m'}
                ollama | {'messages':[{'images':['QUI=']}]} | {'messages':[{'images':['QUI']}]}
                embeddings | {'input':'a','encoding_format':'float','user':'u'} | {'input':'a'}
                completions | {'prompt':'a','echo':false,'n':1} | {'prompt':'a','stream':false}
                """);
    }

    @ParameterizedTest
    @MethodSource("equal")
    void givesOneKeyToOneMeaning(String target, String one, String other) {
        String path = TARGETS.getOrDefault(target, "");

        assertThat(key(path, one)).isEqualTo(key(path, other));
        assertThat(Normaliser.canonical(post(path, one))).isEqualTo(Normaliser.canonical(post(path, other)));
    }

    static Stream<Arguments> different() {
        return pairs("""
                unknown | {'a':1} | {'a':'1'}
                unknown | {'a':1} | {'a':true}
                unknown | {'a':null} | {}
                unknown | {'a':null} | {'a':'null'}
                unknown | {'a':[]} | {'a':{}}
                unknown | {'a':[1,2]} | {'a':[2,1]}
                unknown | {'a':[1]} | {'a':1}
                unknown | {'a':0.1} | {'a':0.10000000000000001}
                unknown | {'a':9007199254740993} | {'a':9007199254740992}
                unknown | {'a':'\\ud800'} | {'a':'?'}
                unknown | {'a':'\\ud800'} | {'a':'\\\\ud800'}
                unknown | {'a':'\\udc00\\ud800'} | {'a':'\\ud800\\udc00'}
                unknown | {'a':'\\u00e9'} | {'a':'e\\u0301'}
                unknown | {'a':'x '} | {'a':'x'}
                unknown | {'a':1,'user':'u1'} | {'a':1,'user':'u2'}
                unknown | {'stream':false} | {}
                unknown | {'messages':[{'content':'hi'}]} | {'messages':[{'content':[{'type':'text','text':'hi'}]}]}
                unknown | {'a':1,'a':2} | {'a':2}
                unknown | {'a':1,'a':1} | {'a':1}
                chat | {'model':'m1'} | {'model':'m2'}
                chat | {'stream':true} | {'stream':false}
                chat | {'n':2} | {'n':1}
                chat | {'temperature':1} | {}
                chat | {'temperature':0.7} | {'temperature':0.70001}
                chat | {'stream':null} | {}
                chat | {'messages':[{'role':'user','content':'hi','user':'a'}]} | {'messages':[{'role':'user','content':'hi','user':'b'}]}
                chat | {'messages':[{'role':'user','content':'hi'}],'tools':[{'metadata':1}]} | {'messages':[{'role':'user','content':'hi'}],'tools':[{'metadata':2}]}
                chat | {'tools':[{'function':{'parameters':{'default':1,'stream':false}}}]} | {'tools':[{'function':{'parameters':{'default':1}}}]}
                chat | {'messages':[{'content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}]} | {'messages':[{'content':'ab'}]}
                chat | {'messages':[{'content':[{'type':'text','text':'a','cache_control':{}}]}]} | {'messages':[{'content':'a'}]}
                chat | {'messages':[{'content':[{'type':'input_text','text':'a'}]}]} | {'messages':[{'content':'a'}]}
                chat | {'messages':[{'content':[]}]} | {'messages':[{'content':''}]}
                chat | {'messages':[{'tool_calls':[{'function':{'arguments':'{\\"a\\":1}'}}]}]} | {'messages':[{'tool_calls':[{'function':{'arguments':{'a':1}}}]}]}
                chat | {'messages':[{'tool_calls':[{'function':{'arguments':'{\\"a\\":1}'}}]}]} | {'messages':[{'tool_calls':[{'function':{'arguments':'{\\"a\\":2}'}}]}]}
                chat | {'messages':[{'tool_calls':[{'function':{'arguments':'{\\"stream\\":false}'}}]}]} | {'messages':[{'tool_calls':[{'function':{'arguments':'{}'}}]}]}
                chat | {'messages':[{'tool_calls':[{'function':{'arguments':'{\\"a\\":1,\\"a\\":2}'}}]}]} | {'messages':[{'tool_calls':[{'function':{'arguments':'{\\"a\\":2}'}}]}]}
                chat | {'messages':[{'content':'{\\"a\\":1}'}]} | {'messages':[{'content':'{\\"a\\": 1}'}]}
                chat | {'messages':[{'content':'data:image/png;base64,QUI='}]} | {'messages':[{'content':'data:image/png;base64,QUI'}]}
                chat | {'messages':[{'content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,QUI='}}]}]} | {'messages':[{'content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,QUM='}}]}]}
                chat | {'messages':[{'content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,QUI='}}]}]} | {'messages':[{'content':[{'type':'image_url','image_url':{'url':'data:image/gif;base64,QUI='}}]}]}
                chat | {'messages':[{'content':[{'type':'image_url','image_url':{'url':'https://h/QUI='}}]}]} | {'messages':[{'content':[{'type':'image_url','image_url':{'url':'https://h/QUI'}}]}]}
                chat | {'messages':[{'content':[{'type':'input_audio','input_audio':{'data':'QUI?'}}]}]} | {'messages':[{'content':[{'type':'input_audio','input_audio':{'data':'QUI'}}]}]}
                chat | {'messages':[{'tool_calls':[{'id':'a'},{'id':'b'}]},{'tool_call_id':'a','content':'A'},{'tool_call_id':'b','content':'B'}]} | {'messages':[{'tool_calls':[{'id':'a'},{'id':'b'}]},{'tool_call_id':'b','content':'A'},{'tool_call_id':'a','content':'B'}]}
                chat | {'messages':[{'tool_calls':[{'id':'a'},{'id':'b'}]},{'tool_call_id':'a'},{'tool_call_id':'b'}]} | {'messages':[{'tool_calls':[{'id':'a'},{'id':'a'}]},{'tool_call_id':'a'},{'tool_call_id':'a'}]}
                chat | {'messages':[{'tool_calls':[{'id':'a'}]}]} | {'messages':[{'tool_calls':[{'id':'b'}]}]}
                chat | {'messages':[{'tool_call_id':'a'}]} | {'messages':[{'tool_call_id':'b'}]}
                chat | {'messages':[{'tool_calls':[{'id':'a'}]},{'tool_call_id':'a'}]} | {'messages':[{'tool_calls':[{'id':'a'}]},{'tool_call_id':'b'}]}
                chat | {'messages':[{'tool_calls':[{'id':'a'}]},{'tool_call_id':'a','content':'a'}]} | {'messages':[{'tool_calls':[{'id':'b'}]},{'tool_call_id':'b','content':'b'}]}
                responses | {'input':'hi'} | {'input':[{'role':'developer','content':'hi'}]}
                responses | {'input':'hi'} | {'input':['hi']}
                responses | {'input':[{'role':'assistant','content':'hi'}]} | {'input':[{'role':'assistant','content':[{'type':'output_text','text':'hi'}]}]}
                responses | {'previous_response_id':'resp_1'} | {'previous_response_id':'resp_2'}
                responses | {'conversation':'conv_1'} | {'conversation':'conv_2'}
                responses | {'input':[{'type':'item_reference','id':'a'}]} | {'input':[{'type':'item_reference','id':'b'}]}
                responses | {'input':[{'type':'function_call_output','call_id':'a'},{'type':'function_call_output','call_id':'a'}]} | {'input':[{'type':'function_call_output','call_id':'b'},{'type':'function_call_output','call_id':'b'}]}
                responses | {'store':true} | {}
                messages | {'messages':[{'content':[{'type':'tool_result','tool_use_id':'t','content':'a'}]}]} | {'messages':[{'content':[{'type':'tool_result','tool_use_id':'t','content':[{'type':'text','text':'a'}]}]}]}
                messages | {'messages':[{'content':[{'type':'document','source':{'type':'text','data':'QUI='}}]}]} | {'messages':[{'content':[{'type':'document','source':{'type':'text','data':'QUI'}}]}]}
                messages | {'container':'c1'} | {'container':'c2'}
                messages | {'messages':[{'content':[{'type':'tool_use','input':{'stream':false}}]}]} | {'messages':[{'content':[{'type':'tool_use','input':{}}]}]}
                gemini | {'contents':[{'parts':[{'text':'hi'}]}]} | {'contents':[{'parts':'hi'}]}
                gemini | {'cachedContent':'a'} | {'cachedContent':'b'}
                gemini | {'generationConfig':{'temperature':1}} | {'generationConfig':{}}
                ollama | {'model':'m','stream':false} | {'model':'m'}
                cohere | {'messages':[{'content':'hi'}]} | {'messages':[{'content':[{'type':'text','text':'hi'}]}]}
                embeddings | {'input':'a'} | {'input':['a']}
                embeddings | {'input':'a','encoding_format':'base64'} | {'input':'a'}
                """);
    }

    @ParameterizedTest
    @MethodSource("different")
    void givesTwoKeysToTwoMeanings(String target, String one, String other) {
        String path = TARGETS.getOrDefault(target, "");

        assertThatCode(() -> JSON.readTree(post(path, one).body().toArray())).doesNotThrowAnyException();
        assertThatCode(() -> JSON.readTree(post(path, other).body().toArray())).doesNotThrowAnyException();
        assertThat(key(path, one)).isNotEqualTo(key(path, other));
    }

    @Test
    void treatsPlaceholdersAsText() {
        String with = "{'messages':[{'role':'user','content':'key {{secret:openai#1}}'}]}";

        assertThat(key(CHAT, with)).isEqualTo(key(CHAT, with.replace(":[", " : [")));
        assertThat(key(CHAT, with)).isNotEqualTo(key(CHAT, with.replace("#1", "#2")));
    }

    @Test
    void cannotBeDeceivedByTextThatLooksLikeAMark() {
        String made = "{'messages':[{'tool_calls':[{'id':'a'}]},{'tool_call_id':'a'}]}";
        String forged = "{'messages':[{'tool_calls':[{'id':'call#1'}]},{'tool_call_id':'x'}]}";
        String bytes = Normaliser.canonical(post(GEMINI, "{'contents':[{'parts':[{'inlineData':{'data':'QUI='}}]}]}"))
                .render();

        assertThat(key(CHAT, forged)).isNotEqualTo(key(CHAT, made));
        String label = bytes.substring(bytes.indexOf("base64 of"), bytes.indexOf("\"", bytes.indexOf("base64 of")));
        assertThat(key(GEMINI, "{'contents':[{'parts':[{'inlineData':{'data':'" + label + "'}}]}]}"))
                .isNotEqualTo(key(GEMINI, "{'contents':[{'parts':[{'inlineData':{'data':'QUI='}}]}]}"));
    }

    @Test
    void doesNotDependOnTheUpstream() {
        var request = post(CHAT, "{'model':'m'}");
        var elsewhere = new Request("https://h", "POST", CHAT, request.headers(), request.body());

        assertThat(Normaliser.contentKey(request)).isEqualTo(Normaliser.contentKey(elsewhere));
        assertThat(Normaliser.exactKey(request)).isEqualTo(Normaliser.exactKey(elsewhere));
    }

    @Test
    void exactKeysTellBytesApart() {
        var one = post(CHAT, "{'model':'m'}");
        var spaced = post(CHAT, "{'model': 'm'}");

        assertThat(Normaliser.exactKey(one)).isNotEqualTo(Normaliser.exactKey(spaced));
        assertThat(Normaliser.exactKey(one)).isNotEqualTo(Normaliser.contentKey(one));
        assertThat(Normaliser.exactKey(one)).isNotEqualTo(Normaliser.exactKey(post("/v1/other", "{'model':'m'}")));
        assertThat(Normaliser.exactKey(post(CHAT, Headers.of("authorization", "a", "user-agent", "b"), "{}")))
                .isEqualTo(Normaliser.exactKey(post(CHAT, Headers.of("Content-Type", "application/json"), "{}")));
        assertThat(Normaliser.exactKey(post(CHAT, Headers.of("openai-beta", "a"), "{}")))
                .isNotEqualTo(Normaliser.exactKey(post(CHAT, Headers.of("openai-beta", "b"), "{}")));
    }

    @Test
    void rulesCanBePrinted() {
        assertThat(Rules.described()).containsKeys("openai-chat", "anthropic-messages", "gemini-generate-content");
        assertThat(Rules.described().get("openai-chat"))
                .contains(
                        "ignores /user",
                        "/stream absent = false",
                        "/messages/*/content a text = one part of type text");
    }

    @Test
    void rendersAsAReadableText() {
        String text = Normaliser.canonical(post(CHAT + "?b=2&a=1&key=x", "{'n':1,'b':'q','a':[1.50,null]}"))
                .render();

        assertThat(text)
                .isEqualTo("[\"llmsim-match/1\",\"POST\",\"/v1/chat/completions\",[[\"a\",\"1\"],[\"b\",\"2\"]],[],"
                        + "{\"a\":[1.5,null],\"b\":\"q\"}]");
    }

    @Test
    void canonicalRequestsOfDifferentMeaningAreNotEqual() {
        assertThat(List.of(
                        Normaliser.canonical(post(CHAT, "{'a':1}")),
                        Normaliser.canonical(post(CHAT, "{'a':2}")),
                        Normaliser.canonical(post("/x", "{'a':1}"))))
                .doesNotHaveDuplicates();
    }
}
