#!/usr/bin/env node
// `gezhi`: opens the command line in apps/cli on Node 24.
import { fileURLToPath } from 'node:url';
import { GEZHI_FLAGS, runNode24 } from './node.js';

try {
  const cli = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url));
  runNode24([...GEZHI_FLAGS, cli, ...process.argv.slice(2)]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
