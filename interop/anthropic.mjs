// The official Anthropic client: messages, stream, tools, token count, typed errors.
import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { base, check, limitedBase, weather } from './interop.mjs';

const client = new Anthropic({ apiKey: 'sk-ant-any', baseURL: `${base}/anthropic`, maxRetries: 0 });
const model = 'claude-sonnet-4-6';
const messages = [{ role: 'user', content: 'What is the weather in Paris?' }];
const tools = [{ name: weather.name, description: weather.description, input_schema: weather.parameters }];

await check('anthropic: models', async () => {
  const ids = [];
  for await (const one of client.models.list()) ids.push(one.id);
  assert.ok(ids.length > 3, `ids: ${ids}`);
});

await check('anthropic: messages', async () => {
  const answer = await client.messages.create({ model, max_tokens: 512, messages });
  assert.equal(answer.type, 'message');
  assert.equal(answer.stop_reason, 'end_turn');
  assert.ok(answer.content[0].text.length > 0);
  assert.ok(answer.usage.output_tokens > 0);
});

await check('anthropic: stream', async () => {
  const stream = client.messages.stream({ model, max_tokens: 512, messages });
  let text = '';
  stream.on('text', (delta) => { text += delta; });
  const answer = await stream.finalMessage();
  assert.equal(answer.content[0].text, text);
  assert.equal(answer.stop_reason, 'end_turn');
});

await check('anthropic: streamed tool loop', async () => {
  const first = await client.messages.stream({ model, max_tokens: 512, messages, tools, tool_choice: { type: 'any' } }).finalMessage();
  assert.equal(first.stop_reason, 'tool_use');
  const call = first.content.find((block) => block.type === 'tool_use');
  assert.equal(call.name, 'get_weather');
  assert.equal(typeof call.input.city, 'string');
  const second = await client.messages.create({
    model, max_tokens: 512, tools,
    messages: [
      ...messages,
      { role: 'assistant', content: first.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'sunny' }] },
    ],
  });
  assert.equal(second.stop_reason, 'end_turn');
});

await check('anthropic: thinking', async () => {
  const answer = await client.messages.stream({
    model, max_tokens: 4096, messages, thinking: { type: 'enabled', budget_tokens: 1024 },
  }).finalMessage();
  assert.equal(answer.content[0].type, 'thinking');
  assert.ok(answer.content[0].signature.length > 0);
  assert.equal(answer.content.at(-1).type, 'text');
});

await check('anthropic: token count', async () => {
  assert.ok((await client.messages.countTokens({ model, messages })).input_tokens > 0);
});

await check('anthropic: typed errors', async () => {
  await assert.rejects(client.messages.create({ model, messages }), Anthropic.BadRequestError);
  const limited = client.withOptions({ baseURL: `${limitedBase}/anthropic` });
  await assert.rejects(limited.messages.create({ model, max_tokens: 9, messages }), Anthropic.RateLimitError);
});
