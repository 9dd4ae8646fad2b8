import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Asks the registry for known flaws of what is shipped; where it answers no such question, says so and goes on. */

const cli = process.env.npm_execpath;
const [command, first] = cli ? [process.execPath, [cli]] : ['npm', []];
const asked = spawnSync(command, [...first, 'audit', '--omit=dev', '--json'], {
  cwd: join(import.meta.dirname, '..'),
  encoding: 'utf8',
  timeout: 60_000,
});
const answer = parsed(asked.stdout);
if (!answer?.metadata) {
  process.stdout.write('npm audit: skipped, the registry gives no answer.\n');
} else {
  const { critical = 0, high = 0, moderate = 0, low = 0 } = answer.metadata.vulnerabilities;
  process.stdout.write(`npm audit: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low.\n`);
  process.exitCode = critical + high > 0 ? 1 : 0;
}

type Answer = { readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> } };

function parsed(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
