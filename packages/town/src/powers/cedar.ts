import { createRequire } from 'node:module';
import type * as Wasm from '@cedar-policy/cedar-wasm/nodejs';
import type { CedarEngine } from '@gezhi/powers';

const load = createRequire(import.meta.url);

/** The Cedar engine. Loaded when it is first asked for, because that takes tens of milliseconds; then the same. */
export function cedar(): CedarEngine {
  const engine: typeof Wasm = load('@cedar-policy/cedar-wasm/nodejs');
  return engine as unknown as CedarEngine;
}
