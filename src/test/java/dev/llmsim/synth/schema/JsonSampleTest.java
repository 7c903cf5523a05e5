package dev.llmsim.synth.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.llmsim.provider.simulation.Json;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn is valid in the eyes of another's validator. */
class JsonSampleTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "true",
                "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}},'required':['a','b'],'additionalProperties':false}",
                "{'type':'object','properties':{'city':{'type':'string'},'unit':{'type':'string','enum':['c','f']}},'required':['city']}",
                "{'type':['string','null'],'enum':['x',null]}",
                "{'enum':[{'a':1},[2]]}",
                "{'const':{'deep':[1,2.5,null,true]}}",
                "{'type':'integer','minimum':5,'maximum':5}",
                "{'type':'integer','exclusiveMinimum':5,'exclusiveMaximum':7}",
                "{'type':'number','exclusiveMinimum':0,'exclusiveMaximum':0.001}",
                "{'type':'number','multipleOf':0.25,'minimum':100.1}",
                "{'type':'integer','multipleOf':2.5,'minimum':1}",
                "{'type':'integer','maximum':-1000000000000}",
                "{'type':'number','minimum':1e200}",
                "{'type':'array','items':{'type':'integer'},'minItems':20,'uniqueItems':true}",
                "{'type':'array','items':{'type':'string'},'minItems':30,'uniqueItems':true}",
                "{'type':'array','items':{'enum':['a','b','c']},'minItems':3,'uniqueItems':true}",
                "{'type':'array','items':{'type':'integer','minimum':1,'maximum':3},'minItems':3,'uniqueItems':true}",
                "{'type':'array','prefixItems':[{'type':'string'},{'type':'integer'}],'items':false}",
                "{'type':'array','maxItems':0,'items':{'type':'string'}}",
                "{'type':'array','contains':{'const':7}}",
                "{'type':'string','minLength':50,'maxLength':50}",
                "{'type':'string','maxLength':2}",
                "{'type':'string','maxLength':0}",
                "{'type':'string','pattern':'^[A-Z]{2}-\\\\d{3,5}$'}",
                "{'type':'string','pattern':'^(\\\\+\\\\d{1,3}[- ]?)?\\\\(?\\\\d{3}\\\\)?[- ]\\\\d{4}$'}",
                "{'type':'string','pattern':'^(?:cat|dog)s?$'}",
                "{'type':'string','pattern':'^[^@\\\\s]+@[\\\\w.-]+\\\\.[a-z]{2,}$','minLength':40}",
                "{'type':'string','pattern':'^#([0-9a-fA-F]{6})$'}",
                "{'type':'string','pattern':'\\\\w+'}",
                "{'type':'string','format':'date-time'}",
                "{'type':'string','format':'date'}",
                "{'type':'string','format':'time'}",
                "{'type':'string','format':'duration'}",
                "{'type':'string','format':'email'}",
                "{'type':'string','format':'uuid'}",
                "{'type':'string','format':'uri'}",
                "{'type':'string','format':'ipv4'}",
                "{'type':'string','format':'ipv6'}",
                "{'type':'string','format':'hostname'}",
                "{'anyOf':[{'type':'null'},{'type':'string'}]}",
                "{'oneOf':[{'type':'integer'},{'type':'string'}]}",
                "{'type':'object','properties':{'k':{'type':'string'}},'oneOf':[{'properties':{'k':{'const':'a'},'x':{'type':'integer'}},'required':['k','x']},{'properties':{'k':{'const':'b'}},'required':['k']}]}",
                "{'allOf':[{'type':'object','properties':{'a':{'type':'integer','minimum':3}},'required':['a']},{'properties':{'a':{'maximum':4},'b':{'type':'boolean'}},'required':['b']}]}",
                "{'allOf':[{'enum':[1,2,3]},{'enum':[3,4]}]}",
                "{'allOf':[{'anyOf':[{'type':'string'},{'type':'integer'}]},{'type':'integer'}]}",
                "{'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#/$defs/b'},'b':{'type':'string','minLength':3}}}",
                "{'$ref':'#/$defs/a~1b','$defs':{'a/b':{'type':'integer'}}}",
                "{'$ref':'#named','$defs':{'x':{'$anchor':'named','type':'integer'}}}",
                "{'type':'object','minProperties':2,'additionalProperties':{'type':'integer'}}",
                "{'type':'object','required':['x','y'],'additionalProperties':{'type':'boolean'}}",
                // recursive: a list, a tree, mutual, the linked schema of OpenAI's guide
                "{'type':'object','properties':{'v':{'type':'integer'},'next':{'anyOf':[{'$ref':'#'},{'type':'null'}]}},'required':['v','next'],'additionalProperties':false}",
                "{'type':'object','properties':{'children':{'type':'array','items':{'$ref':'#'}}},'required':['children']}",
                "{'$ref':'#/$defs/a','$defs':{'a':{'type':'object','properties':{'b':{'$ref':'#/$defs/b'}},'required':['b']},'b':{'oneOf':[{'$ref':'#/$defs/a'},{'type':'string'}]}}}",
                "{'$ref':'#/$defs/e','$defs':{'e':{'anyOf':[{'type':'object','properties':{'l':{'$ref':'#/$defs/e'},'r':{'$ref':'#/$defs/e'}},'required':['l','r']},{'type':'number'}]}}}",
                "{'type':'object','properties':{'parent':{'$ref':'#'}}}"
            })
    void whatIsDrawnIsValid(String schema) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            assertValid(Json.parse(schema.replace('\'', '"')), seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "{'$ref':'#'}",
                "{'$ref':'#/$defs/missing'}",
                "{'$ref':'https://example.com/schema.json'}",
                "{'type':'object','properties':{'self':{'$ref':'#'}},'required':['self']}",
                "{'type':'array','items':{'$ref':'#'},'minItems':1}",
                "{'type':'array','items':{'enum':['a','b']},'minItems':3,'uniqueItems':true}",
                "{'type':'integer','minimum':3,'maximum':2}",
                "{'type':'string','minLength':3,'maxLength':2}",
                "{'allOf':[{'type':'string'},{'type':'integer'}]}",
                "{'anyOf':[{'$ref':'#'}]}"
            })
    void whatNothingIsValidAgainstIsRefused(String schema) throws Exception {
        JsonNode node = Json.parse(schema.replace('\'', '"'));
        assertThatThrownBy(() -> JsonSample.draw(node, new SplittableRandom(1)))
                .isInstanceOf(NoSuchValueException.class);
    }

    @Test
    void aSchemaWhoseSmallestValueIsHugeIsRefused() throws Exception {
        StringBuilder definitions = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String next = i == 39 ? "{'type':'integer'}" : "{'$ref':'#/$defs/d" + (i + 1) + "'}";
            definitions
                    .append(i == 0 ? "" : ",")
                    .append("'d" + i + "':{'type':'object','properties':{'a':" + next + ",'b':" + next
                            + "},'required':['a','b']}");
        }
        JsonNode schema = Json.parse(("{'$ref':'#/$defs/d0','$defs':{" + definitions + "}}").replace('\'', '"'));

        assertThatThrownBy(() -> JsonSample.draw(schema, new SplittableRandom(1)))
                .isInstanceOf(NoSuchValueException.class)
                .hasMessageContaining("too large");
    }

    /** Each part is of a reasonable size; all of them together fill a heap. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'array','minItems':40000,'items':{'type':'string','minLength':1000000}}",
                "{'type':'array','minItems':40000,'items':{'$ref':'#/$defs/d'},'$defs':{'d':{'const':'LONG'}}}",
                "{'type':'array','minItems':40000,'items':{'$ref':'#/$defs/d'},'$defs':{'d':{'const':['LONG']}}}",
                "{'type':'array','minItems':40000,'items':{'$ref':'#/$defs/d'},'$defs':{'d':{'enum':[{'a':'LONG'}]}}}",
                "{'type':'array','minItems':20000,'items':{'$ref':'#/$defs/d'},'$defs':{'d':{'required':['LONG']}}}"
            })
    void aSchemaWhoseSmallestValueIsLongIsRefused(String schema) throws Exception {
        JsonNode node = Json.parse(schema.replace('\'', '"').replace("LONG", "x".repeat(10_000)));

        assertThatThrownBy(() -> JsonSample.draw(node, new SplittableRandom(1)))
                .isInstanceOf(NoSuchValueException.class);
    }

    /** What no double holds is read as infinite. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'number','maximum':1e999}",
                "{'type':'integer','minimum':-1e999,'maximum':1e999999999}",
                "{'type':'number','exclusiveMaximum':1e999,'multipleOf':0.5}",
                "{'allOf':[{'type':'number','minimum':-1e999},{'minimum':-5}]}"
            })
    void boundsMayBeBeyondAllNumbers(String schema) throws Exception {
        JsonNode drawn = JsonSample.draw(Json.parse(schema.replace('\'', '"')), new SplittableRandom(1));

        assertThat(drawn.isNumber()).isTrue();
    }

    /** Each of them would keep a careless writer or matcher busy for years; the patterns are given up instead. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a+)+\\bq$",
                "^(?:a{2000}|a).*.*.*.*.*\\bb$",
                "((a?){1000000000}){1000000000}",
                "(d|(b|c{4096}){4096}){4096}",
                "(((((a{999}){999}){999}){999}){999}){999}",
                "(?=x)y",
                "(a",
                "[a",
                "\\",
                "a{",
                "*",
                ""
            })
    void hostilePatternsEnd(String pattern) throws Exception {
        JsonNode schema =
                Json.object().put("type", "string").put("minLength", 300).put("pattern", pattern);

        assertThat(JsonSample.draw(schema, new SplittableRandom(1)).asText()).hasSizeGreaterThanOrEqualTo(300);
    }

    /** As in draft 7, which some libraries still write. */
    @Test
    void itemsMayBeATuple() throws Exception {
        JsonNode schema = Json.parse(
                "{\"type\":\"array\",\"items\":[{\"type\":\"string\"},{\"const\":2}],\"additionalItems\":{\"const\":3},\"minItems\":3}");

        JsonNode drawn = JsonSample.draw(schema, new SplittableRandom(1));

        assertThat(drawn).hasSize(3);
        assertThat(drawn.get(0).isTextual()).isTrue();
        assertThat(drawn.get(1).asInt()).isEqualTo(2);
        assertThat(drawn.get(2).asInt()).isEqualTo(3);
    }

    @Test
    void manyDifferentItemsAreFound() throws Exception {
        JsonNode schema = Json.parse(
                "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"uniqueItems\":true,\"minItems\":5000}");

        JsonNode drawn = JsonSample.draw(schema, new SplittableRandom(1));

        assertThat(drawn).hasSize(5000).doesNotHaveDuplicates();
    }

    @Test
    void geminisSpellingIsUnderstood() throws Exception {
        JsonNode schema = Json.parse("""
                {"type":"OBJECT","properties":{"n":{"type":"INTEGER"},"l":{"type":"ARRAY","items":{"type":"STRING"}}},
                 "required":["n","l"]}""");

        JsonNode drawn = JsonSample.draw(schema, new SplittableRandom(1));

        assertThat(drawn.path("n").isIntegralNumber()).isTrue();
        assertThat(drawn.path("l").path(0).isTextual()).isTrue();
    }

    @Property(tries = 400)
    void whatIsDrawnForAnySchemaIsValid(@ForAll long seed) throws Exception {
        assertValid(new SchemaWriter(new SplittableRandom(seed)).schema(), seed);
    }

    private static void assertValid(JsonNode schema, long seed) throws Exception {
        JsonNode drawn = JsonSample.draw(schema, new SplittableRandom(seed));
        Schema validator = REGISTRY.getSchema(Json.text(schema), InputFormat.JSON);
        assertThat(validator.validate(
                        Json.text(drawn),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .as("%s for %s", drawn, schema)
                .isEmpty();
        assertThat(JsonSample.draw(schema, new SplittableRandom(seed))).isEqualTo(drawn);
    }
}
