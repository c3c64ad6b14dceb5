// Node is in the image, curl is not.
const TIMEOUT_MS = 2_000;

const response = await fetch(process.argv[2], { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
  (error) => {
    process.stderr.write(`${error.cause ?? error}\n`);
    return { ok: false };
  },
);
process.exitCode = response.ok ? 0 : 1;
