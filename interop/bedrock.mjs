// The official AWS client for Bedrock, as it is: over HTTP/2 with prior knowledge, and told to speak HTTP/1.1.
import assert from 'node:assert/strict';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { base, check, limitedBase, weather } from './interop.mjs';

const modelId = 'us.anthropic.claude-sonnet-4-20250514-v1:0';
const messages = [{ role: 'user', content: [{ text: 'What is the weather in Paris?' }] }];
const toolConfig = {
  tools: [{ toolSpec: { name: weather.name, description: weather.description, inputSchema: { json: weather.parameters } } }],
};
const body = JSON.stringify({
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 64,
  messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
});

const at = (endpoint, more = {}) => new BedrockRuntimeClient({
  endpoint: `${endpoint}/bedrock`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'id', secretAccessKey: 'any' },
  maxAttempts: 1,
  ...more,
});

/** What a stream of Converse says in the end. */
async function collect(stream) {
  const all = { text: '', json: '', stopReason: undefined, usage: undefined };
  for await (const event of stream) {
    all.text += event.contentBlockDelta?.delta?.text ?? '';
    all.json += event.contentBlockDelta?.delta?.toolUse?.input ?? '';
    all.stopReason ??= event.messageStop?.stopReason;
    all.usage ??= event.metadata?.usage;
  }
  return all;
}

for (const [protocol, client] of [
  ['HTTP/2', at(base)],
  ['HTTP/1.1', at(base, { requestHandler: new NodeHttpHandler() })],
]) {
  await check(`bedrock, ${protocol}: converse`, async () => {
    assert.equal(client.config.requestHandler.metadata.handlerProtocol, protocol === 'HTTP/2' ? 'h2' : 'http/1.1');
    const answer = await client.send(new ConverseCommand({ modelId, messages }));
    assert.equal(answer.stopReason, 'end_turn');
    assert.ok(answer.output.message.content[0].text.length > 0);
    assert.equal(answer.usage.totalTokens, answer.usage.inputTokens + answer.usage.outputTokens);
  });

  await check(`bedrock, ${protocol}: converse stream`, async () => {
    const whole = await client.send(new ConverseCommand({ modelId, messages }));
    const { stream } = await client.send(new ConverseStreamCommand({ modelId, messages }));
    const streamed = await collect(stream);
    assert.equal(streamed.text, whole.output.message.content[0].text);
    assert.equal(streamed.stopReason, 'end_turn');
    assert.deepEqual(streamed.usage, whole.usage);
  });

  await check(`bedrock, ${protocol}: streams side by side`, async () => {
    const texts = await Promise.all(Array.from({ length: 20 }, async () => {
      const { stream } = await client.send(new ConverseStreamCommand({ modelId, messages }));
      return (await collect(stream)).text;
    }));
    assert.equal(new Set(texts).size, 1);
  });

  await check(`bedrock, ${protocol}: streamed tool use`, async () => {
    const { stream } = await client.send(new ConverseStreamCommand({
      modelId, messages, toolConfig: { ...toolConfig, toolChoice: { any: {} } },
    }));
    const streamed = await collect(stream);
    assert.equal(streamed.stopReason, 'tool_use');
    assert.equal(typeof JSON.parse(streamed.json).city, 'string');
  });

  await check(`bedrock, ${protocol}: invoke, whole and streamed`, async () => {
    const whole = await client.send(new InvokeModelCommand({ modelId, body }));
    const text = JSON.parse(new TextDecoder().decode(whole.body)).content[0].text;
    const streamed = await client.send(new InvokeModelWithResponseStreamCommand({ modelId, body }));
    let deltas = '';
    for await (const event of streamed.body) {
      deltas += JSON.parse(new TextDecoder().decode(event.chunk.bytes)).delta?.text ?? '';
    }
    assert.equal(deltas, text);
  });

  await check(`bedrock, ${protocol}: typed errors`, async () => {
    await assert.rejects(
      client.send(new ConverseCommand({ modelId, messages, inferenceConfig: { temperature: 2 } })),
      ValidationException,
    );
  });
  client.destroy();
}

await check('bedrock: rate limit', async () => {
  const limited = at(limitedBase);
  await assert.rejects(limited.send(new ConverseCommand({ modelId, messages })), ThrottlingException);
  limited.destroy();
});
