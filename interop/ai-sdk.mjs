// The AI SDK over OpenAI's and Anthropic's API: generateText, streamText, tools, objects.
import assert from 'node:assert/strict';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, embed, generateObject, generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { base, check, limitedBase } from './interop.mjs';

const openai = createOpenAI({ apiKey: 'any', baseURL: `${base}/openai/v1` });
const anthropic = createAnthropic({ apiKey: 'any', baseURL: `${base}/anthropic/v1` });
const models = {
  chat: openai.chat('gpt-4o'),
  responses: openai.responses('gpt-4o'),
  anthropic: anthropic('claude-sonnet-4-6'),
};
const prompt = 'What is the weather in Paris?';

for (const [name, model] of Object.entries(models)) {
  await check(`ai sdk: ${name} generateText`, async () => {
    const answer = await generateText({ model, prompt, maxRetries: 0 });
    assert.ok(answer.text.length > 0);
    assert.equal(answer.finishReason, 'stop');
  });

  await check(`ai sdk: ${name} streamText`, async () => {
    const answer = streamText({ model, prompt, maxRetries: 0, onError: ({ error }) => { throw error; } });
    let text = '';
    for await (const part of answer.textStream) text += part;
    assert.ok(text.length > 0);
    assert.equal(await answer.finishReason, 'stop');
    assert.ok((await answer.usage).outputTokens > 0);
  });

  await check(`ai sdk: ${name} tool loop`, async () => {
    const cities = [];
    const answer = await generateText({
      model, prompt, maxRetries: 0, stopWhen: stepCountIs(3),
      prepareStep: ({ stepNumber }) => ({ toolChoice: stepNumber === 0 ? 'required' : 'none' }),
      tools: {
        get_weather: tool({
          description: 'Weather of a city',
          inputSchema: z.object({ city: z.string() }),
          execute: ({ city }) => { cities.push(city); return 'sunny'; },
        }),
      },
    });
    assert.ok(cities.length > 0);
    assert.equal(answer.steps.length, 2);
    assert.ok(answer.text.length > 0);
  });

  await check(`ai sdk: ${name} generateObject`, async () => {
    const answer = await generateObject({ model, prompt, maxRetries: 0, schema: z.object({ city: z.string(), days: z.number().int() }) });
    assert.equal(typeof answer.object.city, 'string');
  });
}

await check('ai sdk: embed', async () => {
  const answer = await embed({ model: openai.embedding('text-embedding-3-small'), value: 'a', maxRetries: 0 });
  assert.equal(answer.embedding.length, 1536);
});

await check('ai sdk: typed errors', async () => {
  const limited = createOpenAI({ apiKey: 'any', baseURL: `${limitedBase}/openai/v1` });
  await assert.rejects(generateText({ model: limited.chat('gpt-4o'), prompt, maxRetries: 0 }),
    (e) => APICallError.isInstance(e) && e.statusCode === 429 && e.isRetryable);
});
