// The official openai client: chat, stream, tools, structured output, embeddings, Responses, typed errors.
import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import WebSocket from 'ws';
import { base, check, limitedBase, weather } from './interop.mjs';

const client = new OpenAI({ apiKey: 'sk-any', baseURL: `${base}/openai/v1`, maxRetries: 0 });
const user = [{ role: 'user', content: 'What is the weather in Paris?' }];
const tool = { type: 'function', function: { ...weather, strict: true } };
const Point = z.object({ name: z.string(), x: z.number().int(), tags: z.array(z.string()) });

await check('openai: models', async () => {
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  assert.ok(ids.includes('gpt-4o'), `ids: ${ids}`);
});

await check('openai: chat', async () => {
  const answer = await client.chat.completions.create({ model: 'gpt-4o', messages: user });
  assert.equal(answer.object, 'chat.completion');
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.ok(answer.choices[0].message.content.length > 0);
  const { prompt_tokens, completion_tokens, total_tokens } = answer.usage;
  assert.equal(prompt_tokens + completion_tokens, total_tokens);
});

await check('openai: chat stream', async () => {
  const stream = await client.chat.completions.create({
    model: 'gpt-4o', messages: user, stream: true, stream_options: { include_usage: true },
  });
  let text = '', finish, usage, chunks = 0;
  for await (const chunk of stream) {
    chunks++;
    text += chunk.choices[0]?.delta.content ?? '';
    finish = chunk.choices[0]?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  }
  assert.ok(chunks > 3 && text.length > 0);
  assert.equal(finish, 'stop');
  assert.ok(usage.completion_tokens > 0);
});

await check('openai: tool loop', async () => {
  const first = await client.chat.completions.create({
    model: 'gpt-4o', messages: user, tools: [tool], tool_choice: { type: 'function', function: { name: weather.name } },
  });
  const call = first.choices[0].message.tool_calls[0];
  assert.equal(call.function.name, 'get_weather');
  assert.equal(typeof JSON.parse(call.function.arguments).city, 'string');
  const second = await client.chat.completions.create({
    model: 'gpt-4o', tools: [tool],
    messages: [...user, first.choices[0].message, { role: 'tool', tool_call_id: call.id, content: 'sunny' }],
  });
  assert.equal(second.choices[0].finish_reason, 'stop');
  assert.ok(second.choices[0].message.content.length > 0);
});

await check('openai: streamed tool call', async () => {
  const runner = client.chat.completions.stream({ model: 'gpt-4o', messages: user, tools: [tool], tool_choice: 'required' });
  const answer = await runner.finalChatCompletion();
  assert.equal(answer.choices[0].finish_reason, 'tool_calls');
  assert.equal(typeof answer.choices[0].message.tool_calls[0].function.parsed_arguments.city, 'string');
});

await check('openai: structured output', async () => {
  const answer = await client.chat.completions.parse({
    model: 'gpt-4o', messages: user, response_format: zodResponseFormat(Point, 'point'),
  });
  Point.parse(answer.choices[0].message.parsed);
});

await check('openai: embeddings', async () => {
  const answer = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'], dimensions: 256 });
  assert.equal(answer.data.length, 2);
  assert.equal(answer.data[0].embedding.length, 256);
  const length = Math.hypot(...answer.data[0].embedding);
  assert.ok(Math.abs(length - 1) < 1e-3, `length: ${length}`);
});

await check('openai: responses', async () => {
  const first = await client.responses.create({ model: 'gpt-4o', input: 'Hello' });
  assert.equal(first.status, 'completed');
  assert.ok(first.output_text.length > 0);
  const second = await client.responses.create({ model: 'gpt-4o', input: 'Again', previous_response_id: first.id });
  assert.equal(second.previous_response_id, first.id);
  assert.equal((await client.responses.retrieve(first.id)).id, first.id);
});

await check('openai: responses structured', async () => {
  const answer = await client.responses.parse({ model: 'gpt-4o', input: 'x', text: { format: zodTextFormat(Point, 'point') } });
  Point.parse(answer.output_parsed);
});

await check('openai: responses stream', async () => {
  const stream = client.responses.stream({ model: 'gpt-4o', input: 'Hello' });
  let text = '', last = -1;
  for await (const event of stream) {
    assert.ok(event.sequence_number > last);
    last = event.sequence_number;
    if (event.type === 'response.output_text.delta') text += event.delta;
  }
  assert.equal((await stream.finalResponse()).output_text, text);
});

await check('openai: responses over WebSocket', () => new Promise((resolve, reject) => {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/openai/v1/responses`, { headers: { authorization: 'Bearer sk-any' } });
  const types = [];
  socket.on('error', reject);
  socket.on('close', () => reject(new Error(`closed after ${types}`)));
  socket.on('open', () => socket.send(JSON.stringify({ type: 'response.create', model: 'gpt-4o', input: 'Hello' })));
  socket.on('message', (data) => {
    const event = JSON.parse(data);
    types.push(event.type);
    if (event.type !== 'response.completed') return;
    try {
      assert.equal(types[0], 'response.created');
      assert.ok(types.includes('response.output_text.delta'));
      resolve();
    } catch (e) {
      reject(e);
    } finally {
      socket.close();
    }
  });
}));

await check('openai: typed errors', async () => {
  await assert.rejects(client.chat.completions.create({ model: 'gpt-4o', messages: [] }), OpenAI.BadRequestError);
  await assert.rejects(client.responses.retrieve('resp_none'), OpenAI.NotFoundError);
  const limited = client.withOptions({ baseURL: `${limitedBase}/openai/v1` });
  await assert.rejects(limited.chat.completions.create({ model: 'gpt-4o', messages: user }), OpenAI.RateLimitError);
});
