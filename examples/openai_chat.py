"""OpenAI's Python client against llmsim: pip install openai; llmsim serve; python examples/openai_chat.py"""
import os

from openai import OpenAI

base = os.environ.get("LLMSIM_BASE", "http://127.0.0.1:8080")
client = OpenAI(api_key="any", base_url=base + "/openai/v1")

stream = client.chat.completions.create(
    model="gpt-4o", messages=[{"role": "user", "content": "What is the capital of Mexico?"}], stream=True)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
print()
