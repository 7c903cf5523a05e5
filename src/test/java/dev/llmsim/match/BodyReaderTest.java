package dev.llmsim.match;

import static dev.llmsim.match.Asked.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Key;
import dev.llmsim.exchange.Request;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void readsJsonInTheCharsetItStates() {
        String json = "{\"a\":\"ü€\"}";
        Key utf8 = key("application/json", json.getBytes(StandardCharsets.UTF_8));

        assertThat(key("application/json; charset=UTF-8", json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(utf8);
        assertThat(key("application/json;charset=utf-16le", json.getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(utf8);
        assertThat(key("application/json", ("\ufeff" + json).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(utf8);
        assertThat(key("application/json;charset=no-such", json.getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(utf8);
        assertThat(key("application/json; charset=\"windows-1252\"", json.getBytes(Charset.forName("windows-1252"))))
                .isEqualTo(utf8);
        assertThat(key("application/json; charset=windows-1252", json.getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(utf8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1}{\"a\":1}",
                "{\"a\":1} x",
                "{\"a\":1",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{'a':1}",
                "{\"a\":1e99999}",
                "{\"a\":1e99999999999999}",
                "not json",
                "1",
                "\"text\""
            })
    void countsWhatIsNotBeyondDoubtByItsBytes(String body) {
        assertThat(key("", utf8(body))).isEqualTo(key("", utf8(body))).isNotEqualTo(key("", utf8(body + " ")));
    }

    @Test
    void countsAbsurdNumbersByTheirBytes() {
        String digits = "1".repeat(101);

        assertThat(key("", utf8("{\"a\":" + digits + "}"))).isNotEqualTo(key("", utf8("{\"a\": " + digits + "}")));
        assertThat(key("", utf8("{\"a\":" + digits.substring(1) + "}")))
                .isEqualTo(key("", utf8("{\"a\": " + digits.substring(1) + "}")));
    }

    @Test
    void countsInvalidUtf8ByItsBytes() {
        byte[] broken = "{\"a\":\"?\"}".getBytes(StandardCharsets.ISO_8859_1);
        broken[6] = (byte) 0xff;
        byte[] otherwise = broken.clone();
        otherwise[6] = (byte) 0xfe;

        assertThat(key("", broken)).isNotEqualTo(key("", otherwise)).isNotEqualTo(key("", utf8("{\"a\":\"\ufffd\"}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[[{\"a\":["})
    void neitherOverflowsNorHangsOnDeepNesting(String opening) {
        byte[] deep = utf8(opening.repeat(2_000_000));

        assertThat(key("", deep)).isNotEqualTo(key("", Arrays.copyOf(deep, deep.length - 1)));
    }

    @Test
    void readsNestingUpToItsLimit() {
        String deep = "[".repeat(256) + "]".repeat(256);
        String deeper = "[".repeat(257) + "]".repeat(257);

        assertThat(key("", utf8(deep))).isEqualTo(key("", utf8(deep + " ")));
        assertThat(key("", utf8(deeper))).isNotEqualTo(key("", utf8(deeper + " ")));
    }

    @Test
    void countsMoreThanAMillionTokensByTheirBytes() {
        byte[] many = utf8("[" + "0,".repeat(3_000_000) + "0]");

        assertThat(key("", many)).isNotEqualTo(key("", utf8("[ " + "0,".repeat(3_000_000) + "0]")));
    }

    @Test
    void readsNoMoreThanTwoMillionCharactersOfJsonInText() {
        String arguments = "[" + "0,".repeat(600_000) + "0]";
        String call = "{\"function\":{\"arguments\":\"" + arguments + "\"}}";
        String body = "{\"messages\":[{\"tool_calls\":[" + call + "," + call + "]}]}";
        String firstSpaced = body.replaceFirst("\"\\[0", "\"[ 0");
        String lastSpaced =
                new StringBuilder(body).insert(body.lastIndexOf("\"[") + 2, " ").toString();

        assertThat(key("", utf8(firstSpaced))).isEqualTo(key("", utf8(body)));
        assertThat(key("", utf8(lastSpaced))).isNotEqualTo(key("", utf8(body)));
    }

    @Test
    void namesThatCollideInHashTablesAreReadAsAnyOther() {
        StringBuilder json = new StringBuilder("{\"messages\":[{\"tool_calls\":[");
        for (int i = 0; i < 1 << 14; i++) {
            String name = Integer.toBinaryString(1 << 14 | i).replace("0", "Aa").replace("1", "BB");
            json.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(name)
                    .append("\",\"")
                    .append(name)
                    .append("\":1}");
        }
        String body = json.append("]}]}").toString();

        assertThat(key("", utf8(body))).isEqualTo(key("", utf8(body.replace(":1}", ": 1.0}"))));
    }

    @Test
    void manyMembersOfOneObjectAreRewrittenInOnePass() {
        StringBuilder json = new StringBuilder("{\"messages\":[{\"content\":[{");
        for (int i = 0; i < 100_000; i++) {
            json.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":{\"source\":{\"bytes\":\"QUI=\"}}");
        }
        String padded = json.append("}]}]}").toString();

        assertThat(keyAt(Asked.CONVERSE, "", utf8(padded)))
                .isEqualTo(keyAt(Asked.CONVERSE, "", utf8(padded.replace("QUI=", "QUI"))));
    }

    @Test
    void readsFormsAsPairs() {
        assertThat(key(FORM, utf8("a=1&b=%41+c"))).isEqualTo(key(FORM, utf8("b=A%20c&a=1")));
        assertThat(key(FORM, utf8("a=1&b=2"))).isNotEqualTo(key(FORM, utf8("a=1&b=3")));
        assertThat(key(FORM, utf8("a=1&a=2"))).isNotEqualTo(key(FORM, utf8("a=2&a=1")));
        assertThat(key(FORM, utf8("key=1"))).isNotEqualTo(key(FORM, utf8("key=2")));
        assertThat(key(FORM, utf8("a=1"))).isNotEqualTo(key("text/plain", utf8("a=1")));
    }

    @Test
    void readsMultipartWithoutItsBoundary() {
        assertThat(multipart("xxBOUNDxx", "model", "whisper", "sound"))
                .isEqualTo(multipart("yy", "model", "whisper", "sound"));
    }

    @Test
    void tellsMultipartBodiesApart() {
        Key key = multipart("b", "model", "whisper", "sound");

        assertThat(multipart("b", "model", "whisper2", "sound")).isNotEqualTo(key);
        assertThat(multipart("b", "name", "whisper", "sound")).isNotEqualTo(key);
        assertThat(multipart("b", "model", "whisper", "noise")).isNotEqualTo(key);
        assertThat(multipart("b", "model", "whisper", "sound\r\n")).isNotEqualTo(key);
        assertThat(multipart("b", "model", "", "sound")).isNotEqualTo(key);
    }

    @Test
    void countsPartsInOrder() {
        String one = part("a", "1");
        String two = part("b", "2");
        String type = "multipart/form-data; boundary=b";

        assertThat(key(type, utf8(one + two + "--b--\r\n"))).isNotEqualTo(key(type, utf8(two + one + "--b--\r\n")));
        assertThat(key(type, utf8(one + two + "--b--")))
                .isEqualTo(key(type, utf8("preamble\r\n" + one + two + "--b--\r\nend")));
        assertThat(key(type, utf8(one + "--b--"))).isNotEqualTo(key(type, utf8(one + one + "--b--")));
        assertThat(key(type, utf8(one + "--b--")))
                .isNotEqualTo(key("multipart/mixed; boundary=b", utf8(one + "--b--")));
    }

    @Test
    void countsBrokenMultipartByItsBytes() {
        String type = "multipart/form-data; boundary=b";

        assertThat(key(type, utf8(part("a", "1")))).isNotEqualTo(key(type, utf8("x\r\n" + part("a", "1"))));
        assertThat(key("multipart/form-data", utf8("--b--"))).isNotEqualTo(key("multipart/form-data", utf8("--c--")));
    }

    @Test
    void countsWhatStandsOnADelimiterLine() {
        String type = "multipart/form-data; boundary=b";
        String body = part("a", "1") + "--b--\r\n";

        assertThat(key(type, utf8(body.replaceFirst("--b", "--bX"))))
                .isNotEqualTo(key(type, utf8(body.replaceFirst("--b", "--bY"))));
        assertThat(key(type, utf8(body.replaceFirst("--b", "--b \t")))).isEqualTo(key(type, utf8(body)));
    }

    @Test
    void readsAnyNumberOfOddPartHeaders() {
        String type = "multipart/form-data; boundary=b";
        String one = "--b\r\n" + "X: 1\r\n".repeat(200_000) + "\r\nv\r\n--b--";

        assertThat(key(type, utf8(one))).isNotEqualTo(key(type, utf8(one.replaceFirst("X: 1", "X: 2"))));
        assertThat(key(type, utf8("--b\r\nfoo\r\n\r\nv\r\n--b--")))
                .isNotEqualTo(key(type, utf8("--b\r\nfoo: foo\r\n\r\nv\r\n--b--")));
    }

    @Test
    void readsBinaryParts() {
        String type = "multipart/form-data; boundary=b";
        byte[] one = (part("f", "\u00ff\u0000") + "--b--").getBytes(StandardCharsets.ISO_8859_1);
        byte[] other = (part("f", "\u00fe\u0000") + "--b--").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(key(type, one)).isNotEqualTo(key(type, other));
    }

    @Test
    void recognisesMultipartWhereHeadersAreUnknown() {
        String body = part("a", "1") + "--b--\r\n";

        assertThat(unknown(body)).isEqualTo(unknown(body.replace("--b", "--other")));
        assertThat(unknown(body)).isNotEqualTo(unknown(body.replace("\r\n1\r\n", "\r\n2\r\n")));
    }

    @Test
    void countsAnUndecodedBodyByItsBytes() {
        Request gzip = new Request("up", "POST", "/a", Headers.of("content-encoding", "gzip"), Bytes.utf8("{\"a\":1}"));
        Request spaced = gzip.withBody(Bytes.utf8("{\"a\": 1}"));

        assertThat(Normaliser.contentKey(gzip)).isNotEqualTo(Normaliser.contentKey(spaced));
        assertThat(Normaliser.contentKey(gzip)).isNotEqualTo(key("", utf8("{\"a\":1}")));
    }

    @Test
    void tellsAnEmptyBodyFromAnEmptyObject() {
        assertThat(key("", new byte[0])).isNotEqualTo(key("", utf8("{}"))).isNotEqualTo(key("", utf8("[]")));
    }

    @Test
    void countsTheTypeOfBytes() {
        assertThat(key("audio/wav", utf8("x"))).isNotEqualTo(key("audio/mpeg", utf8("x")));
        assertThat(key("text/plain", utf8("[1]"))).isNotEqualTo(key("text/plain", utf8("[1.0]")));
    }

    private static Key multipart(String boundary, String name, String value, String file) {
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
                + "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n"
                + "Content-Type: audio/mpeg\r\n\r\n" + file + "\r\n--" + boundary + "--\r\n";
        return key("multipart/form-data; boundary=" + boundary, utf8(body));
    }

    private static String part(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static Key unknown(String body) {
        return Normaliser.contentKey(new Request("up", "POST", "/a", Headers.UNKNOWN, Bytes.utf8(body)));
    }

    private static Key key(String contentType, byte[] body) {
        return keyAt(CHAT, contentType, body);
    }

    private static Key keyAt(String target, String contentType, byte[] body) {
        Headers headers = contentType.isEmpty() ? Headers.EMPTY : Headers.of("content-type", contentType);
        return Normaliser.contentKey(new Request("up", "POST", target, headers, Bytes.copyOf(body)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
