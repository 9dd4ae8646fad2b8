import { once } from 'node:events';
import { type ExitCode, type Io, langOf } from './io.ts';
import { run } from './run.ts';

let worst: ExitCode = 0;

const io: Io = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  write: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  end: (code) => {
    if (code > worst) worst = code;
  },
  env: process.env,
  now: () => Date.now(),
  lang: langOf(process.argv.slice(2), process.env),
  isWatched: process.stderr.isTTY === true,
};

// A reader that has seen enough (`gezhi export | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

await run(process.argv.slice(2), io);
process.exitCode = worst;
