// What the scripts share: the address of the llmsim under test, a tool, and a runner of checks.
const address = (name) => {
  if (process.env[name]) return process.env[name];
  throw new Error(`${name} is not set (expected: http://127.0.0.1:PORT of a running llmsim; .ci/interop sets it)`);
};

export const base = address('LLMSIM_BASE');

/** An llmsim that answers every request with 429. */
export const limitedBase = address('LLMSIM_LIMITED_BASE');

export const weather = {
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
};

/** Runs one check within 30 s; a failure is shown and makes the process fail at its end. */
export async function check(name, body) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('no end within 30 s')), 30_000);
  });
  try {
    await Promise.race([body(), late]);
    console.log(`ok    ${name}`);
  } catch (e) {
    process.exitCode = 1;
    console.log(`FAIL  ${name}: ${e.stack}`);
  } finally {
    clearTimeout(timer);
  }
}
