"""The official Python clients against a running llmsim: LLMSIM_BASE, and LLMSIM_LIMITED_BASE that answers 429 always."""
import json
import os
import sys
import traceback

import anthropic
import openai
from google import genai
from google.genai import errors, types
from pydantic import BaseModel

base = os.environ["LLMSIM_BASE"]
limited_base = os.environ["LLMSIM_LIMITED_BASE"]
prompt = "What is the weather in Paris?"
messages = [{"role": "user", "content": prompt}]
schema = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
openai_tool = {"type": "function", "function": {"name": "get_weather", "parameters": schema, "strict": True}}
claude = "claude-opus-4-8"
gemini = "gemini-2.5-flash"


class Place(BaseModel):
    name: str
    population: int
    rivers: list[str]


def gemini_at(root):
    return genai.Client(api_key="any", http_options=types.HttpOptions(base_url=root + "/gemini", timeout=30_000))


openai_any = openai.OpenAI(api_key="sk-any", base_url=base + "/openai/v1", max_retries=0, timeout=30)
openai_limited = openai_any.with_options(base_url=limited_base + "/openai/v1")
anthropic_any = anthropic.Anthropic(api_key="sk-ant-any", base_url=base + "/anthropic", max_retries=0, timeout=30)
anthropic_limited = anthropic_any.with_options(base_url=limited_base + "/anthropic")
gemini_any = gemini_at(base)
gemini_limited = gemini_at(limited_base)


def raises(kind, call, holds=lambda e: True):
    try:
        call()
    except kind as e:
        assert holds(e), e
        return
    raise AssertionError("no " + kind.__name__)


def openai_chat():
    answer = openai_any.chat.completions.create(model="gpt-4o", messages=messages)
    assert answer.choices[0].finish_reason == "stop" and answer.choices[0].message.content
    assert answer.usage.prompt_tokens + answer.usage.completion_tokens == answer.usage.total_tokens


def openai_chat_stream():
    chunks = list(openai_any.chat.completions.create(
        model="gpt-4o", messages=messages, stream=True, stream_options={"include_usage": True}))
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert chunks[-1].usage.completion_tokens > 0 and not chunks[-1].choices


def openai_tool_loop():
    client = openai_any
    first = client.chat.completions.create(model="gpt-4o", messages=messages, tools=[openai_tool], tool_choice="required")
    call = first.choices[0].message.tool_calls[0]
    assert isinstance(json.loads(call.function.arguments)["city"], str)
    result = {"role": "tool", "tool_call_id": call.id, "content": "sunny"}
    second = client.chat.completions.create(
        model="gpt-4o", messages=[*messages, first.choices[0].message, result], tools=[openai_tool])
    assert second.choices[0].finish_reason == "stop" and second.choices[0].message.content


def openai_structured_output():
    answer = openai_any.chat.completions.parse(model="gpt-4o", messages=messages, response_format=Place)
    assert isinstance(answer.choices[0].message.parsed, Place)


def openai_embeddings():
    answer = openai_any.embeddings.create(model="text-embedding-3-small", input=["a", "b"])
    assert [len(one.embedding) for one in answer.data] == [1536, 1536]


def openai_responses():
    client = openai_any
    first = client.responses.create(model="gpt-4o", input=prompt)
    assert first.status == "completed" and first.output_text
    assert client.responses.create(model="gpt-4o", input="Again", previous_response_id=first.id).output_text
    with client.responses.stream(model="gpt-4o", input=prompt) as stream:
        text = "".join(e.delta for e in stream if e.type == "response.output_text.delta")
        assert text and text == stream.get_final_response().output_text
    assert isinstance(client.responses.parse(model="gpt-4o", input=prompt, text_format=Place).output_parsed, Place)


def openai_errors():
    raises(openai.BadRequestError, lambda: openai_any.chat.completions.create(model="gpt-4o", messages=[]))
    raises(openai.RateLimitError, lambda: openai_limited.chat.completions.create(model="gpt-4o", messages=messages))


def anthropic_messages():
    answer = anthropic_any.messages.create(model=claude, max_tokens=512, messages=messages)
    assert answer.stop_reason == "end_turn" and answer.content[0].text


def anthropic_stream():
    with anthropic_any.messages.stream(model=claude, max_tokens=512, messages=messages) as stream:
        text = "".join(stream.text_stream)
        assert text and text == stream.get_final_message().content[0].text


def anthropic_tool_loop():
    client = anthropic_any
    asked = {"model": claude, "max_tokens": 512, "tools": [{"name": "get_weather", "input_schema": schema}]}
    with client.messages.stream(messages=messages, tool_choice={"type": "any"}, **asked) as stream:
        first = stream.get_final_message()
    call = next(block for block in first.content if block.type == "tool_use")
    assert first.stop_reason == "tool_use" and isinstance(call.input["city"], str)
    result = {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": "sunny"}]}
    second = client.messages.create(messages=[*messages, {"role": "assistant", "content": first.content}, result], **asked)
    assert second.stop_reason == "end_turn"


def anthropic_errors():
    raises(anthropic.BadRequestError, lambda: anthropic_any.messages.create(model=claude, max_tokens=9, messages=[]))
    raises(anthropic.RateLimitError,
           lambda: anthropic_limited.messages.create(model=claude, max_tokens=9, messages=messages))


def gemini_generate():
    answer = gemini_any.models.generate_content(model=gemini, contents=prompt)
    assert answer.text and answer.candidates[0].finish_reason == types.FinishReason.STOP


def gemini_stream():
    chunks = list(gemini_any.models.generate_content_stream(model=gemini, contents=prompt))
    assert len(chunks) > 1 and "".join(chunk.text or "" for chunk in chunks)


def gemini_structured_output():
    config = types.GenerateContentConfig(response_mime_type="application/json", response_schema=Place)
    assert isinstance(gemini_any.models.generate_content(model=gemini, contents=prompt, config=config).parsed, Place)


def gemini_function_loop():
    cities = []

    def get_weather(city: str) -> str:
        """Weather of a city."""
        cities.append(city)
        return "sunny"

    calling = types.FunctionCallingConfig(mode="ANY")
    config = types.GenerateContentConfig(
        tools=[get_weather],
        tool_config=types.ToolConfig(function_calling_config=calling),
        automatic_function_calling=types.AutomaticFunctionCallingConfig(maximum_remote_calls=2))
    gemini_any.models.generate_content(model=gemini, contents=prompt, config=config)
    assert cities and isinstance(cities[0], str)


def gemini_errors():
    too_hot = types.GenerateContentConfig(temperature=9)
    raises(errors.ClientError, lambda: gemini_any.models.generate_content(model=gemini, contents=prompt, config=too_hot), lambda e: e.code == 400)
    raises(errors.ClientError,
           lambda: gemini_limited.models.generate_content(model=gemini, contents=prompt), lambda e: e.code == 429)


failed = 0
for check in [
    openai_chat, openai_chat_stream, openai_tool_loop, openai_structured_output, openai_embeddings, openai_responses,
    openai_errors, anthropic_messages, anthropic_stream, anthropic_tool_loop, anthropic_errors, gemini_generate,
    gemini_stream, gemini_structured_output, gemini_function_loop, gemini_errors,
]:
    try:
        check()
        print("ok    python:", check.__name__, flush=True)
    except Exception:
        failed += 1
        print("FAIL  python:", check.__name__, traceback.format_exc(), flush=True)
sys.exit(1 if failed else 0)
