// The official Google Gen AI client: generate, stream, function call, JSON, embeddings, token count, typed errors.
import assert from 'node:assert/strict';
import { ApiError, GoogleGenAI } from '@google/genai';
import { base, check, limitedBase, weather } from './interop.mjs';

const client = new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: `${base}/gemini` } });
const model = 'gemini-2.5-flash';
const contents = 'What is the weather in Paris?';

await check('gemini: generate', async () => {
  const answer = await client.models.generateContent({ model, contents });
  assert.ok(answer.text.length > 0);
  assert.equal(answer.candidates[0].finishReason, 'STOP');
  assert.ok(answer.usageMetadata.totalTokenCount > 0);
});

await check('gemini: stream', async () => {
  let text = '', chunks = 0, finish;
  for await (const chunk of await client.models.generateContentStream({ model, contents })) {
    chunks++;
    text += chunk.text ?? '';
    finish = chunk.candidates?.[0]?.finishReason ?? finish;
  }
  assert.ok(chunks > 1 && text.length > 0);
  assert.equal(finish, 'STOP');
});

await check('gemini: function call', async () => {
  const { name, description, parameters } = weather;
  const answer = await client.models.generateContent({
    model, contents,
    config: {
      tools: [{ functionDeclarations: [{ name, description, parametersJsonSchema: parameters }] }],
      toolConfig: { functionCallingConfig: { mode: 'ANY' } },
    },
  });
  assert.equal(answer.functionCalls[0].name, 'get_weather');
  assert.equal(typeof answer.functionCalls[0].args.city, 'string');
});

await check('gemini: structured output', async () => {
  const answer = await client.models.generateContent({
    model, contents, config: { responseMimeType: 'application/json', responseJsonSchema: weather.parameters },
  });
  assert.equal(typeof JSON.parse(answer.text).city, 'string');
});

await check('gemini: embeddings and token count', async () => {
  const answer = await client.models.embedContent({ model: 'gemini-embedding-001', contents: ['a', 'b'] });
  assert.equal(answer.embeddings.length, 2);
  assert.ok(answer.embeddings[0].values.length > 0);
  assert.ok((await client.models.countTokens({ model, contents })).totalTokens > 0);
});

await check('gemini: typed errors', async () => {
  await assert.rejects(client.models.generateContent({ model, contents, config: { temperature: 9 } }), (e) => e instanceof ApiError && e.status === 400);
  const limited = new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: `${limitedBase}/gemini` } });
  await assert.rejects(limited.models.generateContent({ model, contents }), (e) => e instanceof ApiError && e.status === 429);
});
