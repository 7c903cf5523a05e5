package dev.llmsim.cassette.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmsim.exchange.Bytes;
import dev.llmsim.exchange.Ending;
import dev.llmsim.exchange.Frame;
import dev.llmsim.exchange.Framing;
import dev.llmsim.exchange.Headers;
import dev.llmsim.exchange.Request;
import dev.llmsim.exchange.Response;
import dev.llmsim.exchange.ResponseHead;
import dev.llmsim.exchange.TimingSource;
import dev.llmsim.provider.framing.EventStreamHeader;
import dev.llmsim.provider.framing.EventStreamMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String KEY = "sk-proj-Q7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu";
    private static final String OTHER = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";
    private static final String CREDENTIAL = "{{secret:credential#1}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Redactor redactor = new Redactor();

    @ParameterizedTest
    @ValueSource(
            strings = {"authorization", "x-api-key", "x-goog-api-key", "api-key", "X-Custom-Auth-Token", "xi-api-key"})
    void credentialInAnyHeaderIsDroppedAndItsEchoReplaced(String header) {
        String value = header.equals("authorization") ? "Bearer " + OTHER : OTHER;
        RedactedRequest redacted =
                redactor.redact(json(Headers.of(header, value), "{\"a\":\"my key is " + OTHER + "\"}"));
        assertThat(redacted.request().body().utf8()).isEqualTo("{\"a\":\"my key is " + CREDENTIAL + "\"}");
        assertThat(redacted.request().headers()).isEqualTo(Headers.of("content-type", "application/json"));
        assertThat(redacted.changed()).isTrue();
        assertFillsBack(
                "{\"error\":\"bad key " + OTHER + "\"}", "{\"error\":\"bad key " + CREDENTIAL + "\"}", redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Helicone-Auth: Bearer %s",
                "cf-aig-authorization: Bearer %s",
                "X-Forwarded-Authorization: bearer %s",
                "X-Original-Auth: %s",
                "X-Company-Secret: %s",
                "X-Vault-Token: %s",
                "X-Upstream: Bearer %s",
                "X-Service-Credential: Token %s"
            })
    void credentialsInHeadersOfOtherPartiesAreKnown(String line) {
        int colon = line.indexOf(':');
        Headers headers = Headers.of("authorization", "Bearer " + KEY)
                .with(line.substring(0, colon), String.format(line.substring(colon + 2), OTHER));
        RedactedRequest redacted = redactor.redact(json(headers, "{}"));
        assertFillsBack("{\"a\":\"" + OTHER + "\"}", "{\"a\":\"{{secret:credential#2}}\"}", redacted);
        String hidden = Base64.getEncoder().encodeToString(("key " + OTHER).getBytes(UTF_8));
        String escaped = OTHER.replace("9", "\\u0039");
        Response answer = redactor.redact(answer("{\"a\":\"" + hidden + " " + escaped + "\"}"), redacted.secrets());
        assertThat(Seeds.contains(Seeds.written(answer), OTHER)).isFalse();
    }

    @Test
    void ordinaryHeadersAreNoCredentials() {
        Headers headers = Headers.of(
                "x-request-id", "r3quest-0815-4711", "x-model", "Basic", "idempotency-key", "1d3mp0tency-4711");
        assertThat(redactor.redact(json(headers, "{}")).secrets().toString()).isEqualTo("Secrets[0]");
    }

    @Test
    void basicCredentialIsKnownRawDecodedAndByItsPassword() {
        String basic = Base64.getEncoder().encodeToString("alice:s3cr3t-Pa55w0rd".getBytes(UTF_8));
        RedactedRequest redacted = redactor.redact(json(Headers.of("Authorization", "Basic " + basic), "{}"));
        Response answer = redactor.redact(
                answer("text/plain", basic + " | alice:s3cr3t-Pa55w0rd | s3cr3t-Pa55w0rd | alice"), redacted.secrets());
        assertThat(answer.body().utf8())
                .isEqualTo(CREDENTIAL + " | {{secret:userinfo#1}} | {{secret:password#1}} | alice");
        assertThat(redacted.secrets().fill(answer).body().utf8())
                .isEqualTo(basic + " | alice:s3cr3t-Pa55w0rd | s3cr3t-Pa55w0rd | alice");
    }

    @Test
    void credentialParametersAreDroppedFromTheQueryAndTheRestStaysAsItWas() {
        assertThat(target("/v1beta/models/g:streamGenerateContent?alt=sse&key=" + OTHER + "&x=%20y"))
                .isEqualTo("/v1beta/models/g:streamGenerateContent?alt=sse&x=%20y");
        assertThat(target("/x?api_key=" + OTHER)).isEqualTo("/x");
        assertThat(target("/x?access_token=a&X-Amz-Signature=b&X-Amz-Date=c&pageToken=d&b&=e"))
                .isEqualTo("/x?pageToken=d&b&=e");
        assertThat(target("/x?")).isEqualTo("/x?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "jwt", "bearer", "session", "sas", "sv_sig", "pwd", "sharedSecret", "account_key"})
    void parametersThatMayBeCredentialsAreDroppedAndTheirEchoReplaced(String name) {
        Request raw =
                new Request("openai", "POST", "/x?" + name + "=" + OTHER + "&a=b", Headers.EMPTY, Bytes.utf8("{}"));
        RedactedRequest redacted = redactor.redact(raw);
        assertThat(redacted.request().target()).isEqualTo("/x?a=b");
        assertFillsBack("{\"a\":\"" + OTHER + "\"}", "{\"a\":\"" + CREDENTIAL + "\"}", redacted);
        assertThat(redactedText("https://x/?" + name + "=" + OTHER))
                .isEqualTo("https://x/?" + name + "={{secret:field#1}}");
    }

    @Test
    void parametersThatAreWordsStay() {
        for (String target :
                List.of("/x?code=python&a=b", "/x?session=new", "/x?sas_token_count=1&encode=a1b2c3d4e5f6")) {
            assertThat(target(target)).isEqualTo(target);
        }
    }

    @Test
    void theKeyIdOfASignedAddressIsKnownAndItsScopeIsNot() {
        String signed =
                "X-Amz-Credential=1dOfAKey-0815%2F20261124%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20261124T000000Z";
        RedactedRequest redacted =
                redactor.redact(new Request("aws", "POST", "/o?" + signed, Headers.EMPTY, Bytes.utf8("{}")));
        assertThat(redacted.request().target()).isEqualTo("/o");
        assertFillsBack(
                "{\"a\":\"no such key 1dOfAKey-0815 in us-east-1\"}",
                "{\"a\":\"no such key " + CREDENTIAL + " in us-east-1\"}",
                redacted);
        assertThat(redactedText("https://b.s3.amazonaws.com/o?" + signed))
                .isEqualTo("https://b.s3.amazonaws.com/o?" + signed.replace("1dOfAKey-0815", "{{secret:field#1}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sharedSecret",
                "accountKey",
                "encryption_key",
                "connection_string",
                "credential",
                "x-authorization"
            })
    void secretsAreFoundInFieldsOfAnyFormat(String name) {
        assertThat(redactor.redact(json(Headers.EMPTY, "{\"" + name + "\":\"a b\"}"))
                        .request()
                        .body()
                        .utf8())
                .isEqualTo("{\"" + name + "\":\"{{secret:field#1}}\"}");
        Request form =
                request(Headers.of("content-type", "application/x-www-form-urlencoded"), "a=b&" + name + "=" + OTHER);
        assertThat(redactor.redact(form).request().body().utf8())
                .isEqualTo("a=b&" + name + "=%7B%7Bsecret%3Afield%231%7D%7D");
        String part = "--b1\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n%s\r\n--b1--\r\n";
        Request parts =
                request(Headers.of("content-type", "multipart/form-data; boundary=b1"), String.format(part, OTHER));
        assertThat(redactor.redact(parts).request().body().utf8()).isEqualTo(String.format(part, "{{secret:field#1}}"));
    }

    @Test
    void secretInThePathOrInAnotherParameterIsReplacedPercentEncoded() {
        assertThat(target("/bot/" + KEY + "/send?next=https%3A%2F%2Fx%2F%3Fk%3D" + KEY))
                .isEqualTo("/bot/%7B%7Bsecret%3Aopenai%231%7D%7D/send"
                        + "?next=https%3A%2F%2Fx%2F%3Fk%3D%7B%7Bsecret%3Aopenai%231%7D%7D");
    }

    @Test
    void cookieAndProxyCredentialsAreKnown() {
        RedactedRequest redacted = redactor.redact(json(
                Headers.of(
                        "cookie",
                        "theme=dark; sid=" + OTHER + "; x=Zk3LmQ9sW2",
                        "proxy-authorization",
                        "Bearer " + KEY),
                "{}"));
        Response answer = redactor.redact(answer("text/plain", OTHER + " Zk3LmQ9sW2 " + KEY), redacted.secrets());
        assertThat(answer.body().utf8()).isEqualTo("{{secret:cookie#2}} {{secret:cookie#3}} {{secret:proxy#1}}");
    }

    @Test
    void secretFieldsOfJsonAreReplacedWhateverTheyHold() throws IOException {
        String body = "{\"api_key\": \"abc\", \"clientSecret\":\"x y\\\"z\", \"nested\":[{\"X-Api-Key\" : \"k\"}],"
                + "\"password\":\"\",\"authorization\":null,\"access_token\":12,\"token\":\"Hello\",\"max_tokens\":\"9\","
                + "\"prompt_cache_key\":\"abcdefgh12345678\"}";
        String redacted =
                redactor.redact(json(Headers.EMPTY, body)).request().body().utf8();
        assertThat(redacted)
                .isEqualTo("{\"api_key\": \"{{secret:field#1}}\", \"clientSecret\":\"{{secret:field#2}}\","
                        + " \"nested\":[{\"X-Api-Key\" : \"{{secret:field#3}}\"}],"
                        + "\"password\":\"\",\"authorization\":null,\"access_token\":12,\"token\":\"Hello\",\"max_tokens\":\"9\","
                        + "\"prompt_cache_key\":\"abcdefgh12345678\"}");
        assertThat(JSON.readTree(redacted).fieldNames()).toIterable().hasSize(9);
    }

    @Test
    void schemasAndDocumentationOfSecretFieldsAreNoSecrets() {
        String body = "{\"tools\":[{\"parameters\":{\"properties\":{\"api_key\":{\"type\":\"string\"},"
                + "\"headers\":{\"type\":\"object\",\"description\":\"HTTP headers to send\"}}}}],"
                + "\"text\":\"set {\\\"api_key\\\": \\\"YOUR_API_KEY\\\"} or \\\"password\\\": \\\"changeme\\\"\"}";
        assertThat(redactor.redact(json(Headers.EMPTY, body)).request().body().utf8())
                .isEqualTo(body);
    }

    @Test
    void secretFieldsInsideToolArgumentsAreReplaced() throws IOException {
        String body = "{\"arguments\":\"{\\\"api_key\\\": \\\"" + OTHER + "\\\", \\\"q\\\": \\\"a\\\\\\\"b\\\"}\"}";
        String redacted =
                redactor.redact(json(Headers.EMPTY, body)).request().body().utf8();
        assertThat(redacted).isEqualTo(body.replace(OTHER, "{{secret:field#1}}"));
        assertThat(JSON.readTree(JSON.readTree(redacted).get("arguments").textValue())
                        .get("q")
                        .textValue())
                .isEqualTo("a\"b");
    }

    @Test
    void headersOfToolServersAreKnownInTheAnswer() {
        String body = "{\"tools\":[{\"type\":\"mcp\",\"server_url\":\"https://x/mcp\",\"headers\":{\"Authorization\":"
                + "\"Bearer " + OTHER + "\",\"X-Team\":\"Zk3LmQ9sW2\",\"Accept\":\"text/x1y2z3w4\"}}],"
                + "\"mcp_servers\":[{\"authorization_token\":\"tok-12345678-ab\"}]}";
        RedactedRequest redacted = redactor.redact(json(Headers.EMPTY, body));
        assertThat(redacted.request().body().utf8())
                .isEqualTo(body.replace(OTHER, "{{secret:field#1}}")
                        .replace("Zk3LmQ9sW2", "{{secret:field#2}}")
                        .replace("tok-12345678-ab", "{{secret:field#3}}"));
        assertFillsBack("tool said " + OTHER, "tool said {{secret:field#1}}", redacted);
    }

    @Test
    void headersOfToolServersAreReplacedBesideValuesThatAreNoStrings() {
        String body = "{\"headers\":{\"X-Retry\":3,\"X-More\": [1,{\"a\":\"},\"}] , \"X-On\":true,\"X-Tenant-Auth\":"
                + "\"s3cr3tVALUE97\",\"X-Null\":null,\"X-Last\":\"s3cr3tVALUE98\"},\"x\":\"n0t-A-header-1\"}";
        assertThat(redactor.redact(json(Headers.EMPTY, body)).request().body().utf8())
                .isEqualTo(body.replace("s3cr3tVALUE97", "{{secret:field#1}}")
                        .replace("s3cr3tVALUE98", "{{secret:field#2}}"));
        String schema = "{\"headers\":{\"type\":\"object\",\"$ref\":\"#/defs/h3aders1\",\"additionalProperties\":false,"
                + "\"properties\":{\"a\":{}},\"format\":\"x1y2z3w4v5\"}}";
        assertThat(redactor.redact(json(Headers.EMPTY, schema)).request().body().utf8())
                .isEqualTo(schema);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mcp.x/sse?api_key=%s",
                "https://mcp.x/sse?a=b&token=%s&c=d",
                "see (https://mcp.x/?sig=%s), or",
                "Open https://mcp.x/?token=%s.",
                "https:\\/\\/mcp.x\\/?key=%s\\u0026c=d",
                "https://mcp.x/cb#access_token=%s",
                "https://mcp.x/?next=https%%3A%%2F%%2Fy%%2F%%3Fapi_key%%3D%s%%26z",
                "https://user:%s@mcp.x/sse",
                "https://%s@mcp.x/sse",
                "postgres://app:%s@db:5432/x"
            })
    void secretsInAddressesAreReplaced(String address) {
        String body = "{\"server_url\":\"" + String.format(address, "s3cr3tVALUE96") + "\"}";
        RedactedRequest redacted = redactor.redact(json(Headers.EMPTY, body));
        String written = redacted.request().body().utf8();
        assertThat(written).isEqualTo(body.replace("s3cr3tVALUE96", "{{secret:field#1}}"));
        assertThat(redactor.redact(redacted.request()).request()).isEqualTo(redacted.request());
        assertFillsBack("{\"a\":\"tried s3cr3tVALUE96\"}", "{\"a\":\"tried {{secret:field#1}}\"}", redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/v1?api_key=YOUR_API_KEY&token=...",
                "https://x/?token=<TOKEN>&key=short&pageToken=a1b2c3d4e5f6",
                "https://unpkg.com/@scope/n4me@1.2.3/dist ssh://user1234abc@host git@github.com:o/r1s2t3u4.git",
                "postgres://postgres:postgres@localhost:5432/db https://user:password@host/",
                "a ? b1c2d3e4=f5 : token=a1b2c3d4e5f6 https://x/ token=a1b2c3d4e5f6",
                "https://b.s3.amazonaws.com/o?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261124T000000Z"
            })
    void ordinaryAddressesStayUntouched(String text) {
        assertThat(redactedText(text)).isEqualTo(text);
    }

    @Test
    void formFieldsAreReplacedPercentEncoded() {
        Request form = request(
                Headers.of("content-type", "application/x-www-form-urlencoded"),
                "grant_type=client_credentials&client_secret=a%2Bb&note=" + KEY + "&password=");
        assertThat(redactor.redact(form).request().body().utf8())
                .isEqualTo("grant_type=client_credentials&client_secret=%7B%7Bsecret%3Afield%231%7D%7D"
                        + "&note=%7B%7Bsecret%3Aopenai%231%7D%7D&password=");
    }

    @Test
    void formFieldsAreReplacedWhateverBytesTheFormHas() {
        String form = "client_secret=%s&name=Jos\u00e9&access_token=%s&note=say+%s";
        Request raw = request(
                Headers.of("content-type", "application/x-www-form-urlencoded"),
                String.format(form, "s3cr3tVALUE99", "p\u00e4ss-4711-%C3%A4", "s3cr3tVALUE99"));
        RedactedRequest redacted = redactor.redact(raw);
        String first = "%7B%7Bsecret%3Afield%231%7D%7D";
        assertThat(redacted.request().body().utf8())
                .isEqualTo(String.format(form, first, first.replace("231", "232"), first));
        assertFillsBack("{\"a\":\"p\u00e4ss-4711-\u00e4\"}", "{\"a\":\"{{secret:field#2}}\"}", redacted);
        Request latin1 = raw.withBody(
                Bytes.wrap("client_secret=s3cr3tVALUE99&name=Jos\u00e9".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(redactor.redact(latin1).request().body())
                .isEqualTo(Bytes.wrap(
                        ("client_secret=" + first + "&name=Jos\u00e9").getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void textPartsOfMultipartAreReplacedAndBinaryPartsStay() {
        byte[] audio = new byte[3000];
        new Random(1).nextBytes(audio);
        String before = "--b1\r\nContent-Disposition: form-data; name=\"api_key\"\r\n\r\nabc\r\n"
                + "--b1\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nkey " + KEY + "\r\n"
                + "--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n";
        Bytes body = Bytes.concat(List.of(Bytes.utf8(before), Bytes.wrap(audio), Bytes.utf8("\r\n--b1--\r\n")));
        Request raw = request(Headers.of("content-type", "multipart/form-data; boundary=b1"), "")
                .withBody(body);
        Bytes expected = Bytes.concat(List.of(
                Bytes.utf8(before.replace("abc", "{{secret:field#1}}").replace(KEY, "{{secret:openai#1}}")),
                Bytes.wrap(audio),
                Bytes.utf8("\r\n--b1--\r\n")));
        assertThat(redactor.redact(raw).request().body()).isEqualTo(expected);
    }

    @Test
    void compressedRequestIsDecodedFirst() throws IOException {
        Request raw = request(Headers.of("content-type", "application/json", "content-encoding", "gzip"), "")
                .withBody(gzip("{\"a\":\"" + KEY + "\"}"));
        RedactedRequest redacted = redactor.redact(raw);
        assertThat(redacted.request().body().utf8()).isEqualTo("{\"a\":\"{{secret:openai#1}}\"}");
        assertThat(redacted.request().headers().contains("content-encoding")).isFalse();
    }

    @Test
    void aDigestStandsForTheBodyOfAnUndecodableRequest() throws IOException {
        Request raw = request(Headers.of("content-encoding", "gzip"), "no gzip");
        RedactedRequest redacted = redactor.redact(raw);
        assertThat(redacted.request().headers()).isEqualTo(raw.headers());
        assertThat(redacted.request().body().utf8())
                .isEqualTo("{{undecodable:7-bytes-sha-256-"
                        + "f4ca5d0cb1de7a397d16768535058352ed598bef5cf251edf417327b251a0e92}}");
        assertThat(redacted.changed()).isFalse();
        assertThat(redactor.redact(raw).request()).isEqualTo(redacted.request());
    }

    @Test
    void requestsThatHaveOnlyTheirDecodablePartInCommonStayApart() throws IOException {
        Bytes whole = gzip("{\"a\":\"" + KEY + "\"}");
        Request one = request(Headers.of("content-encoding", "gzip"), "").withBody(whole.slice(0, whole.length() - 3));
        Request other = one.withBody(whole.slice(0, whole.length() - 2));
        assertThat(redactor.redact(one).request())
                .isNotEqualTo(redactor.redact(other).request());
        assertThat(redactor.redact(one).request().body().utf8()).startsWith("{{undecodable:");
    }

    @Test
    void aDigestStandsForARequestThatDecodesToMoreThanTheMost() throws IOException {
        Redactor narrow = new Redactor(Map.of(), 1000);
        Headers coded = Headers.of("content-encoding", "gzip");
        Request most = request(coded, "").withBody(gzip("a".repeat(1000)));
        Request more = request(coded, "").withBody(gzip("a".repeat(1001)));
        assertThat(narrow.redact(most).request().body().utf8()).isEqualTo("a".repeat(1000));
        Request replaced = narrow.redact(more).request();
        assertThat(replaced.headers()).isEqualTo(coded);
        assertThat(replaced.body().utf8()).startsWith("{{undecodable:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-Q7xT2mVb9LpR4wZs8NcY1dHf",
                "sk-ant-api03-Q7xT2mVb9LpR4wZs8NcY",
                "sk-or-v1-9f8e7d6c5b4a39281706f5e4",
                "AIzaSyQ7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu",
                "gsk_Q7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu",
                "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",
                "AKIAQ7XT2MVB9LPR4WZS",
                "ASIAQ7XT2MVB9LPR4WZS",
                "ghp_Q7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu1234",
                "ek_68af296e8e408191a1120ab6383263c2",
                "xai-Q7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEuQ7xT2mVb9LpR4wZs8NcY",
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"
            })
    void keysOfProvidersAreFoundByTheirShapeInPrompts(String key) {
        for (String around :
                List.of("%s", "key: %s.", "a\\n%s\\tb", "k=%s&x", "(%s)", "https://x/%s/y", "'%s'", "\\\"%s\\\"")) {
            String body = "{\"a\":\"" + String.format(around, key) + "\"}";
            String redacted =
                    redactor.redact(json(Headers.EMPTY, body)).request().body().utf8();
            assertThat(redacted).as(around).doesNotContain(key).contains("{{secret:");
            assertThat(redacted.replaceAll("\\{\\{secret:[a-z]+#1}}", Matcher.quoteReplacement(key)))
                    .isEqualTo(body);
        }
    }

    @Test
    void bearerTokensAndPrivateKeysAreFoundByTheirShape() {
        String pem = "-----BEGIN RSA PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA7x\\nab+/c=\\n-----END RSA PRIVATE KEY-----";
        assertThat(redactedText("curl -H 'Authorization: Bearer " + OTHER + "' " + pem))
                .isEqualTo("curl -H 'Authorization: Bearer {{secret:bearer#1}}' "
                        + "-----BEGIN RSA PRIVATE KEY-----{{secret:private-key#1}}-----END RSA PRIVATE KEY-----");
        assertThat(redactedText("Bearer YOUR_ACCESS_TOKEN_HERE, Bearer <token>, Bearer of bad news everywhere"))
                .isEqualTo("Bearer YOUR_ACCESS_TOKEN_HERE, Bearer <token>, Bearer of bad news everywhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The risk-averse sk-loading-indicator-wrapper and task-force-management-system.",
                "chatcmpl-C2P1wP1damHwC6sXvGAIh5PMvH6wM msg_01QC4g3HabcdefghijklmnoP call_abcdefghijklmnopqrstuvwx",
                "toolu_01A09q90qw90lq917835lq9 req_011CSHoEeqs5C35K2UUqR7Fy 550e8400-e29b-41d4-a716-446655440000",
                "hf_model_thinking_part_stream sess-ion ek_ AIza AKIA ghp_short sk-short Bearer",
                "eyJhbGciOiJIUzI1NiJ9 eyJub3QiOiJqd3QifQ.abc.def password: hunter2",
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
            })
    void ordinaryTextStaysUntouched(String text) {
        RedactedRequest redacted = redactor.redact(json(Headers.EMPTY, "{\"text\":\"" + text + "\"}"));
        assertThat(redacted.request().body().utf8()).isEqualTo("{\"text\":\"" + text + "\"}");
        assertThat(redacted.changed()).isFalse();
    }

    @Test
    void whatLooksLikeAKeyInsideBase64Stays() {
        String image = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9";
        String body = image + "/AIzaSyQ7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu" + image + " " + image + "/AKIAQ7XT2MVB9LPR4WZS";
        assertThat(redactedText(body)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "key: %s", "{\"api\":\"%s\",\"x\":\"\u00e9?>\"}", "a\n\tb %s\r\n"})
    void freshKeysInsideReadableBase64AreReplacedInBase64(String document) {
        byte[] plain = String.format(document, KEY).getBytes(UTF_8);
        String expected = String.format(document, "{{secret:openai#1}}");
        for (Base64.Encoder encoder :
                List.of(Base64.getEncoder(), Base64.getUrlEncoder().withoutPadding())) {
            String redacted = redactedText("data:text/plain;base64," + encoder.encodeToString(plain) + " and more");
            assertThat(redacted)
                    .isEqualTo(
                            "data:text/plain;base64," + encoder.encodeToString(expected.getBytes(UTF_8)) + " and more");
            assertThat(redactedText(redacted)).isEqualTo(redacted);
        }
    }

    static List<String> forms() {
        return List.of(
                "raw", "json", "slash", "unicode", "nested", "percent", "base64-0", "base64-1", "base64-2", "url-safe");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void knownValueIsFoundInEveryForm(String form) {
        String secret = "aB3/+xY=9?~é\"q>>>ß~z7";
        RedactedRequest redacted = redactor.redact(json(Headers.of("x-api-key", latin1(secret)), "{}"));
        for (String around : List.of("%s", "echo: %s!", "{\"a\":\"%s\"}")) {
            String body = around.replace("%s", encoded(secret, form));
            Response answer = redactor.redact(answer("text/plain", body), redacted.secrets());
            assertThat(Seeds.contains(Seeds.written(answer(body)), latin1(secret)) || Seeds.contains(body, secret))
                    .as("the oracle sees " + body)
                    .isTrue();
            assertThat(Seeds.contains(answer.body().utf8(), secret))
                    .as(answer.body().utf8())
                    .isFalse();
            assertThat(Seeds.contains(Seeds.written(answer), latin1(secret)))
                    .as(answer.body().utf8())
                    .isFalse();
            if (!List.of("json", "slash", "unicode", "nested").contains(form)) {
                assertThat(redacted.secrets().fill(answer).body().utf8()).isEqualTo(body);
            }
        }
    }

    @Test
    void environmentSecretsAreKnownUnlessTheyAreOrdinary() {
        Redactor withEnvironment = new Redactor(Map.of(
                "DB_PASSWORD", "Zk3LmQ9sW2Zk3LmQ9sW2",
                "OPENAI_API_KEY", KEY,
                "SSH_KEY_FILE", "/home/user/.ssh/id_ed25519",
                "AWS_SECRET_ACCESS_KEY", "/K7MDENG3bPxRfiCYzq81wJalrXUtnFEMI+7bPxR",
                "WINDOWS_KEY_FILE", "C:\\Users\\Jo\\AppData\\x86\\MyKey.pem",
                "MAX_TOKENS", "1234567890123456",
                "KEYBOARD_LAYOUT", "german-nodeadkeys",
                "API_TOKEN", "short1Token",
                "HOME", "Yk3LmQ9sW2Zk3LmQ9sW2"));
        String body = "{\"a\":\"Zk3LmQ9sW2Zk3LmQ9sW2 " + KEY
                + " /home/user/.ssh/id_ed25519 1234567890123456 german-nodeadkeys"
                + " C:\\\\Users\\\\Jo\\\\AppData\\\\x86\\\\MyKey.pem /K7MDENG3bPxRfiCYzq81wJalrXUtnFEMI+7bPxR"
                + " short1Token Yk3LmQ9sW2Zk3LmQ9sW2\"}";
        assertThat(withEnvironment
                        .redact(json(Headers.EMPTY, body))
                        .request()
                        .body()
                        .utf8())
                .isEqualTo(body.replace("Zk3LmQ9sW2Zk3LmQ9sW2 ", "{{secret:environment#1}} ")
                        .replace("/K7MDENG3bPxRfiCYzq81wJalrXUtnFEMI+7bPxR", "{{secret:environment#2}}")
                        .replace(KEY, "{{secret:openai#1}}"));
    }

    @Test
    void placeholdersKeepEqualityAndAreNumberedRequestFirst() {
        String second = "sk-proj-ZZxT2mVb9LpR4wZs8NcY1dHf6KjG3aEu";
        String fresh = "sk-proj-YYxT2mVb9LpR4wZs8NcY1dHf6KjG3aEu";
        RedactedRequest redacted =
                redactor.redact(json(Headers.EMPTY, "{\"a\":[\"" + KEY + "\",\"" + second + "\",\"" + KEY + "\"]}"));
        assertThat(redacted.request().body().utf8())
                .isEqualTo("{\"a\":[\"{{secret:openai#1}}\",\"{{secret:openai#2}}\",\"{{secret:openai#1}}\"]}");
        Response answer = redactor.redact(answer("text/plain", fresh + " " + second), redacted.secrets());
        assertThat(answer.body().utf8()).isEqualTo("{{secret:openai#3}} {{secret:openai#2}}");
        assertThat(redacted.secrets().fill(answer).body().utf8()).isEqualTo("{{secret:openai#3}} " + second);
    }

    @Test
    void requestsThatDifferOnlyInTheirCredentialRedactToEqualRequests() {
        List<Request> requests = new ArrayList<>();
        for (String key : List.of(KEY, OTHER, "llmsim-abc-123", "AIzaSyQ7xT2mVb9LpR4wZs8NcY1dHf6KjG3aEu")) {
            for (Headers headers : List.of(
                    Headers.of("Authorization", "Bearer " + key), Headers.of("x-api-key", key, "cookie", "a=b"))) {
                requests.add(redactor.redact(json(headers, "{\"a\":\"I use " + key + "\",\"api_key\":\"" + key + "\"}"))
                        .request());
            }
            requests.add(redactor.redact(new Request(
                            "openai",
                            "POST",
                            "/v1/x?key=" + key,
                            Headers.of("content-type", "application/json"),
                            Bytes.utf8("{\"a\":\"I use " + key + "\",\"api_key\":\"" + key + "\"}")))
                    .request());
        }
        assertThat(requests).hasSize(12).allMatch(requests.get(0)::equals);
    }

    @Test
    void anotherCallerGetsHisOwnSecretBack() {
        RedactedRequest recorded = redactor.redact(json(Headers.of("authorization", "Bearer " + KEY), "{}"));
        Response answer = redactor.redact(answer("application/json", "{\"key\":\"" + KEY + "\"}"), recorded.secrets());
        RedactedRequest present = redactor.redact(json(Headers.of("x-api-key", "my \"own\" key\\1"), "{}"));
        assertThat(present.request()).isEqualTo(recorded.request());
        assertThat(present.secrets().fill(answer).body().utf8()).isEqualTo("{\"key\":\"my \\\"own\\\" key\\\\1\"}");
        assertThat(new Secrets().fill(answer)).isSameAs(answer);
    }

    @Test
    void redactingAgainChangesNothing() {
        String body = "{\"a\":\"" + KEY + "\",\"password\":\"x\",\"b\":\"" + OTHER + "\"}";
        Request once =
                redactor.redact(json(Headers.of("x-api-key", OTHER), body)).request();
        assertThat(redactor.redact(once).request()).isEqualTo(once);
        assertThat(redactor.redact(new Request(
                                "openai", "POST", once.target(), once.headers().with("x-api-key", KEY), once.body()))
                        .request())
                .isEqualTo(once);
    }

    @Test
    void historyThatBringsBackAPlaceholderOfAnEarlierReplayStillMatches() {
        String history = "{\"messages\":[\"your new key is %s\"]}";
        Request recorded =
                redactor.redact(json(Headers.EMPTY, history.replace("%s", KEY))).request();
        Request present = redactor.redact(json(Headers.EMPTY, history.replace("%s", "{{secret:openai#2}}")))
                .request();
        assertThat(present).isEqualTo(recorded);
    }

    @Test
    void secretAcrossFramesGoesWhereItBeginsAndOffsetsStay() {
        RedactedRequest redacted = redactor.redact(json(Headers.of("x-api-key", OTHER), "{}"));
        Bytes body = Bytes.utf8("before " + OTHER + " after");
        List<Frame> frames = List.of(
                new Frame(10, body.slice(0, 10)), new Frame(20, body.slice(10, 30)), new Frame(30, body.slice(30, 45)));
        Response answer = redactor.redact(answer("text/plain", frames), redacted.secrets());
        assertThat(answer.frames())
                .containsExactly(
                        new Frame(10, Bytes.utf8("before " + CREDENTIAL)), new Frame(30, Bytes.utf8(" after")));
    }

    @Test
    void randomKeysInRandomPlacesSplitAtRandomAreNeverWrittenAndAreFilledBack() {
        Random random = new Random(42);
        for (int round = 0; round < 400; round++) {
            String key = random.ints(8 + random.nextInt(60), 0, 64)
                    .mapToObj(i -> String.valueOf(
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".charAt(i)))
                    .collect(Collectors.joining());
            if (!new Secret(SecretKind.CREDENTIAL, Bytes.utf8(key)).isSearchable()) {
                continue;
            }
            String form = List.of("raw", "base64-0", "base64-1", "base64-2").get(random.nextInt(4));
            String hidden = encoded(key, form);
            StringBuilder text = new StringBuilder(
                    "data: {\"x\":\"Lorem ipsum \\n dolor sit % amet\"}\n\n".repeat(1 + random.nextInt(5)));
            int at = random.nextInt(text.length());
            text.insert(at, " " + hidden + " ");
            List<Frame> frames = split(Bytes.utf8(text.toString()), random);
            RedactedRequest redacted = redactor.redact(json(Headers.of("authorization", "Bearer " + key), "{}"));
            Response answer = redactor.redact(answer("text/event-stream", frames), redacted.secrets());
            assertThat(Seeds.contains(Seeds.written(answer), key))
                    .as(text.toString())
                    .isFalse();
            assertThat(redacted.secrets().fill(answer).body().utf8()).isEqualTo(text.toString());
        }
    }

    @Test
    void anyBytesAreTakenAndOnlySecretsChange() {
        List<String> pieces = List.of(
                "\\",
                "\\\\",
                "\"",
                "%",
                "%4",
                "%41",
                "\\u",
                "\\u00e9",
                "\\ud83d\\ude00",
                "\\ud83d",
                "{{secret:",
                "}}",
                "#1",
                "{{secret:openai#0}}",
                "\"api_key\"",
                ":",
                "{",
                "\"headers\":{",
                "\n",
                "=",
                "&",
                "sk-",
                "eyJ",
                ".",
                "é",
                "\0",
                "-----BEGIN ",
                "PRIVATE KEY-----",
                "Bearer ",
                "--b1",
                "\r\n\r\n",
                "name=\"password\"",
                "\"bytes\":\"",
                OTHER,
                Base64.getEncoder().encodeToString(OTHER.getBytes(UTF_8)));
        Random random = new Random(11);
        for (int round = 0; round < 4000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String type = List.of(
                            "application/json",
                            "application/x-www-form-urlencoded",
                            "multipart/form-data; boundary=b1",
                            "text/event-stream",
                            EventStreamMessage.MEDIA_TYPE,
                            "image/png",
                            "")
                    .get(round % 7);
            RedactedRequest redacted =
                    redactor.redact(request(Headers.of("content-type", type, "x-api-key", OTHER), text.toString()));
            Response answer =
                    redactor.redact(answer(type, split(Bytes.utf8(text.toString()), random)), redacted.secrets());
            redacted.secrets().fill(answer);
            assertThat(answer.body().utf8() + redacted.request().body().utf8())
                    .as(type)
                    .doesNotContain(OTHER);
            assertThat(redactor.redact(redacted.request()).request().body().utf8())
                    .doesNotContain(OTHER);
        }
    }

    @Test
    void eventStreamMessagesGetNewLengthsAndChecksums() {
        RedactedRequest redacted = redactor.redact(json(Headers.of("authorization", "Bearer " + OTHER), "{}"));
        String inner = "{\"delta\":\"" + OTHER + "\",\"other\":\"" + KEY + "\"}";
        Bytes plain = message("chunk", "{\"p\":\"abc\"}");
        Bytes echoing = message("chunk", "{\"text\":\"" + OTHER + "\"}");
        Bytes wrapped = message(
                "chunk",
                "{\"bytes\":\"" + Base64.getEncoder().encodeToString(inner.getBytes(UTF_8)) + "\",\"p\":\"ab\"}");
        Bytes error = message("bad key " + OTHER, "");
        Response original = answer(
                EventStreamMessage.MEDIA_TYPE,
                List.of(new Frame(1, plain), new Frame(2, echoing), new Frame(3, wrapped), new Frame(4, error)));
        Response answer = redactor.redact(original, redacted.secrets());
        assertThat(Seeds.contains(Seeds.written(answer), OTHER)).isFalse();
        assertThat(Seeds.contains(Seeds.written(answer), KEY)).isFalse();
        assertThat(answer.frames().get(0)).isEqualTo(new Frame(1, plain));
        List<EventStreamMessage> messages = answer.frames().stream()
                .map(frame -> EventStreamMessage.parse(frame.bytes()).orElseThrow())
                .toList();
        assertThat(messages.get(1).payload().utf8()).isEqualTo("{\"text\":\"" + CREDENTIAL + "\"}");
        assertThat(messages.get(3).text(":event-type")).contains("bad key " + CREDENTIAL);
        Response filled = redacted.secrets().fill(answer);
        assertThat(filled.frames().subList(0, 2)).isEqualTo(original.frames().subList(0, 2));
        assertThat(filled.frames().get(3)).isEqualTo(original.frames().get(3));
        assertThat(EventStreamMessage.parse(filled.frames().get(2).bytes())
                        .orElseThrow()
                        .payload()
                        .length())
                .isGreaterThan(50);
    }

    @Test
    void headersAndTrailersAndReasonOfAnAnswerAreSearchedToo() {
        RedactedRequest redacted = redactor.redact(json(Headers.of("x-api-key", OTHER), "{}"));
        Response original = new Response(
                new ResponseHead(
                        401, "Bad " + OTHER, Headers.of("location", "/x?k=" + OTHER, "vary", "a", "vary", "b")),
                Framing.CHUNKED,
                -1,
                List.of(new Frame(1, Bytes.utf8("{}"))),
                Headers.of("x-t", OTHER),
                TimingSource.RECORDED,
                1,
                2,
                Ending.COMPLETE);
        Response answer = redactor.redact(original, redacted.secrets());
        assertThat(Seeds.contains(Seeds.written(answer), OTHER)).isFalse();
        assertThat(answer.head().orElseThrow().headers())
                .isEqualTo(Headers.of("location", "/x?k=" + CREDENTIAL, "vary", "a", "vary", "b"));
        Response filled = redacted.secrets().fill(answer);
        assertThat(filled.head().orElseThrow().reason()).isEqualTo("Bad " + OTHER);
        assertThat(filled.trailers()).isEqualTo(original.trailers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Location", "refresh", "Content-Location", "Link"})
    void noSecretIsFilledIntoAnAddressThatAClientMayFollow(String name) {
        Secrets secrets =
                redactor.redact(json(Headers.of("x-api-key", OTHER), "{}")).secrets();
        Headers recorded = Headers.of(name, "https://evil.example/?k=" + CREDENTIAL, "x-echo", CREDENTIAL);
        Response hostile = new Response(
                new ResponseHead(307, "Temporary Redirect", recorded),
                Framing.CHUNKED,
                -1,
                List.of(),
                recorded,
                TimingSource.RECORDED,
                1,
                2,
                Ending.COMPLETE);
        Response filled = secrets.fill(hostile);
        Headers expected = Headers.of(name, "https://evil.example/?k=" + CREDENTIAL, "x-echo", OTHER);
        assertThat(filled.head().orElseThrow().headers()).isEqualTo(expected);
        assertThat(filled.trailers()).isEqualTo(expected);
    }

    @Test
    void bodyThatEndedShortEndsAsManyBytesShortAfterwards() {
        RedactedRequest redacted = redactor.redact(json(Headers.of("x-api-key", OTHER), "{}"));
        Response original = new Response(
                new ResponseHead(200, "OK", Headers.EMPTY),
                Framing.LENGTH,
                100,
                List.of(new Frame(1, Bytes.utf8("key " + OTHER))),
                Headers.EMPTY,
                TimingSource.RECORDED,
                1,
                2,
                Ending.UPSTREAM_TRUNCATED);
        Response answer = redactor.redact(original, redacted.secrets());
        assertThat(answer.declaredBytes() - answer.bodyBytes()).isEqualTo(100 - original.bodyBytes());
        assertThat(redacted.secrets().fill(answer)).isEqualTo(original);
    }

    @Test
    void secretsNeverShowInText() {
        RedactedRequest redacted = redactor.redact(json(Headers.of("x-api-key", OTHER), "{\"a\":\"" + KEY + "\"}"));
        assertThat(redacted.toString())
                .doesNotContain(OTHER)
                .doesNotContain(KEY)
                .contains("Secrets[2]");
        assertThat(new Secret(SecretKind.OPENAI, Bytes.utf8(KEY)).toString()).doesNotContain(KEY);
    }

    private String redactedText(String jsonText) {
        String body = redactor.redact(json(Headers.EMPTY, "{\"t\":\"" + jsonText + "\"}"))
                .request()
                .body()
                .utf8();
        return body.substring("{\"t\":\"".length(), body.length() - 2);
    }

    private String target(String target) {
        return redactor.redact(new Request("openai", "GET", target, Headers.EMPTY, Bytes.EMPTY))
                .request()
                .target();
    }

    private void assertFillsBack(String original, String expected, RedactedRequest redacted) {
        Response answer = redactor.redact(answer("application/json", original), redacted.secrets());
        assertThat(answer.body().utf8()).isEqualTo(expected);
        assertThat(redacted.secrets().fill(answer).body().utf8()).isEqualTo(original);
    }

    private static Bytes message(String eventType, String payload) {
        return new EventStreamMessage(
                        List.of(new EventStreamHeader(":event-type", EventStreamHeader.STRING, Bytes.utf8(eventType))),
                        Bytes.utf8(payload))
                .encode();
    }

    private static String encoded(String secret, String form) {
        return switch (form) {
            case "raw" -> secret;
            case "json" -> secret.replace("\"", "\\\"");
            case "slash" -> secret.replace("\"", "\\\"").replace("/", "\\/");
            case "unicode" ->
                secret.chars()
                        .mapToObj(c ->
                                Character.isLetterOrDigit(c) && c < 128 ? "" + (char) c : String.format("\\u%04X", c))
                        .collect(Collectors.joining());
            case "nested" -> secret.replace("\"", "\\\\\\\"").replace("+", "\\\\u002b");
            case "percent" ->
                URLEncoder.encode(secret, UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
            case "url-safe" -> Base64.getUrlEncoder().encodeToString(("x" + secret + "yz>>>???").getBytes(UTF_8));
            default ->
                Base64.getEncoder()
                        .encodeToString(("user".substring(0, 1 + form.charAt(7) - '0') + secret + " and so on")
                                .getBytes(UTF_8));
        };
    }

    private static String latin1(String text) {
        return new String(text.getBytes(UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static List<Frame> split(Bytes body, Random random) {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < body.length(); ) {
            int to = Math.min(body.length(), at + 1 + random.nextInt(40));
            frames.add(new Frame(frames.size(), body.slice(at, to)));
            at = to;
        }
        return frames;
    }

    private static Bytes gzip(String text) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(wire)) {
            out.write(text.getBytes(UTF_8));
        }
        return Bytes.wrap(wire.toByteArray());
    }

    private static Request json(Headers headers, String body) {
        return request(headers.with("content-type", "application/json"), body);
    }

    private static Request request(Headers headers, String body) {
        return new Request("openai", "POST", "/v1/x", headers, Bytes.utf8(body));
    }

    private static Response answer(String body) {
        return answer("text/plain", body);
    }

    private static Response answer(String contentType, String body) {
        return answer(contentType, List.of(new Frame(5, Bytes.utf8(body))));
    }

    private static Response answer(String contentType, List<Frame> frames) {
        return new Response(
                new ResponseHead(200, "OK", Headers.of("content-type", contentType)),
                Framing.CHUNKED,
                -1,
                frames,
                Headers.EMPTY,
                TimingSource.RECORDED,
                1,
                99,
                Ending.COMPLETE);
    }
}
