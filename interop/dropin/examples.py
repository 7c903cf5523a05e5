"""What the Rust llmsim's Python examples do, against LLMSIM_BASE: OpenAI and Anthropic clients, LangChain, Pydantic AI, bare HTTP."""
import asyncio
import base64
import json
import os
import sys
import traceback
import urllib.request

import anthropic
import openai
from langchain_anthropic import ChatAnthropic
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from pydantic_ai import Agent
from pydantic_ai.messages import ModelRequest, ModelResponse, TextPart, UserPromptPart
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

base = os.environ["LLMSIM_BASE"]
url = base + "/openai/v1"
openai_any = openai.OpenAI(base_url=url, api_key="not-needed")
anthropic_any = anthropic.Anthropic(base_url=base + "/anthropic", api_key="not-needed")
asked = [SystemMessage(content="You are a helpful assistant."), HumanMessage(content="What is the capital of France?")]
different = ["gpt-5-mini", "claude-opus-4.5", "o3-mini"]


def post(path, body):
    request = urllib.request.Request(base + path, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode()


def events(path, body):
    return [json.loads(line[6:]) for line in post(path, {**body, "stream": True}).splitlines() if line.startswith("data: {")]


def models_tell_their_sizes():
    models = openai_any.models.list().data
    assert len(models) >= 57
    assert {"openai", "anthropic", "google", "deepseek"} <= {model.owned_by for model in models}
    assert all(isinstance(model.context_window, int) and isinstance(model.max_output_tokens, int) for model in models)
    assert openai_any.models.retrieve("gpt-5").context_window == 400_000


def chat_of_different_models():
    for model in different:
        messages = [{"role": "user", "content": "Hello!"}]
        answer = openai_any.chat.completions.create(model=model, messages=messages, max_tokens=50)
        assert answer.model == model and answer.usage.completion_tokens <= 50
        assert openai_any.responses.create(model=model, input="Hello!").output_text


def responses_by_bare_http():
    for path in ["/openai/v1/responses", "/openresponses/v1/responses"]:
        spent = []
        for effort in ["low", "medium", "high"]:
            body = {"model": "o3", "input": "Explain gravity.", "reasoning": {"effort": effort, "summary": "concise"}}
            answer = json.loads(post(path, body))
            reasoning, message = answer["output"]
            assert (reasoning["type"], reasoning["status"], message["type"]) == ("reasoning", "completed", "message")
            assert len(reasoning["summary"][0]["text"].split()) >= 8
            assert answer["output_text"] == message["content"][0]["text"]
            spent.append(answer["usage"]["output_tokens_details"]["reasoning_tokens"])
        assert spent == sorted(set(spent)), spent
        streamed = events(path, {"model": "o3", "input": "Why?", "reasoning": {"summary": "auto"}})
        kinds = [event["type"] for event in streamed]
        assert "response.reasoning_summary_text.delta" in kinds and kinds[-1] == "response.completed", kinds


def images():
    for size, quality, tokens in [("1024x1024", "low", 272), ("1536x1024", "medium", 1584), ("1024x1536", "high", 6240)]:
        answer = openai_any.images.generate(model="gpt-image-1", prompt="a landscape", size=size, quality=quality)
        png = base64.b64decode(answer.data[0].b64_json)
        width, height = (int.from_bytes(png[at:at + 4], "big") for at in (16, 20))
        assert png.startswith(b"\x89PNG") and f"{width}x{height}" == size and answer.usage.output_tokens == tokens
    body = {"model": "gpt-image-1", "prompt": "sunset", "size": "256x256", "partial_images": 3}
    streamed = events("/openai/v1/images/generations", body)
    assert [event.get("partial_image_index") for event in streamed] == [0, 1, 2, None]
    assert all(base64.b64decode(event["b64_json"]).startswith(b"\x89PNG") for event in streamed)


def claude():
    for model in ["claude-opus-5-5", "claude-sonnet-4-6", "claude-haiku-4-5"]:
        answer = anthropic_any.messages.create(model=model, max_tokens=48, messages=[{"role": "user", "content": "Hello!"}])
        assert answer.model == model and any(block.type == "text" for block in answer.content)
    trip = [{"role": "user", "content": "Plan a weekend trip."}]
    thought = anthropic_any.messages.create(
        model="claude-opus-5-5", max_tokens=1024, messages=trip,
        thinking={"type": "adaptive", "display": "summarized"}, output_config={"effort": "high"})
    assert [block.type for block in thought.content] == ["thinking", "text"]
    assert anthropic_any.messages.count_tokens(model="claude-opus-5-5", messages=trip).input_tokens > 0
    with anthropic_any.messages.stream(model="claude-haiku-4-5", max_tokens=128, messages=trip) as stream:
        assert "".join(stream.text_stream) and stream.get_final_message().usage.output_tokens <= 128
    assert anthropic_any.models.retrieve("claude-opus-4-8").id in [model.id for model in anthropic_any.models.list()]


def langchain():
    chat = ChatOpenAI(base_url=url, api_key="not-needed", model="gpt-4o", temperature=0.7, max_tokens=100)
    assert chat.invoke(asked).content and "".join(chunk.content for chunk in chat.stream(asked))
    assert len(chat.batch([asked, asked, asked])) == 3
    for model in different:
        assert ChatOpenAI(base_url=url, api_key="any", model=model, max_tokens=50).invoke(asked).usage_metadata
    thinking = ChatOpenAI(
        base_url=url, api_key="any", model="o3", use_responses_api=True, reasoning={"effort": "medium", "summary": "auto"})
    assert thinking.invoke(asked).usage_metadata["output_token_details"]["reasoning"] > 0
    opus = ChatAnthropic(
        model="claude-opus-4-8", max_tokens=128, base_url=base + "/anthropic", api_key="not-needed", timeout=60, stop=None)
    assert opus.invoke(asked).content and "".join(chunk.content for chunk in opus.stream(asked))


async def agent_runs():
    agent = Agent(
        OpenAIChatModel("gpt-5", provider=OpenAIProvider(base_url=url, api_key="not-needed")), system_prompt="You help.")
    history = [
        ModelRequest(parts=[UserPromptPart(content="My name is Alice.")]),
        ModelResponse(parts=[TextPart(content="Hello Alice!")]),
    ]
    assert (await agent.run("What's my name?", message_history=history)).output
    async with agent.run_stream("Tell me a short story.") as stream:
        assert "".join([text async for text in stream.stream_text(delta=True)])


def pydantic_ai():
    asyncio.run(agent_runs())


failed = 0
for check in [
    models_tell_their_sizes, chat_of_different_models, responses_by_bare_http, images, claude, langchain, pydantic_ai,
]:
    try:
        check()
        print("ok    drop-in:", check.__name__, flush=True)
    except Exception:
        failed += 1
        print("FAIL  drop-in:", check.__name__, traceback.format_exc(), flush=True)
sys.exit(1 if failed else 0)
