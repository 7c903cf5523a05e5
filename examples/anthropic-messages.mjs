// Anthropic's Node client against llmsim: npm install @anthropic-ai/sdk; llmsim serve; node examples/anthropic-messages.mjs
import Anthropic from '@anthropic-ai/sdk';

const base = process.env.LLMSIM_BASE ?? 'http://127.0.0.1:8080';
const client = new Anthropic({ apiKey: 'any', baseURL: `${base}/anthropic` });

const stream = client.messages.stream({
  model: 'claude-sonnet-4-6',
  max_tokens: 512,
  messages: [{ role: 'user', content: 'What is the capital of Mexico?' }],
});
stream.on('text', (text) => process.stdout.write(text));
await stream.finalMessage();
console.log();
