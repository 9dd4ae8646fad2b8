import { type Refusal, refuse } from '@gezhi/basis';
import { fromBase64, toBase64 } from './bytes.ts';
import { HASH_BYTES, type TreeHash } from './tree.ts';

/** That an entry lies in a log, to be checked without it: where, the hashes up to the root, and the signed checkpoint. */
export type LogProof = {
  readonly index: number;
  readonly hashes: readonly TreeHash[];
  readonly checkpoint: string;
};

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';

/** The proof as text (c2sp.org/tlog-proof). */
export function formatProof({ index, hashes, checkpoint }: LogProof): string {
  return `${[FIRST_LINE, `index ${index}`, ...hashes.map(toBase64)].join('\n')}\n\n${checkpoint}`;
}

/** Reads a proof; refuses `bad-proof`, and says which line is wrong. Extra data is passed over. */
export function parseProof(text: string): LogProof | Refusal {
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(0, end)).split('\n');
  if (lines.shift() !== FIRST_LINE)
    return refuse('bad-proof', `A proof begins with the line "${FIRST_LINE}".`);
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const [, digits] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '') ?? [];
  if (digits === undefined) return refuse('bad-proof', 'The proof does not say the index of its entry.');
  const hashes = lines.map(fromBase64);
  const broken = hashes.findIndex((hash) => hash?.length !== HASH_BYTES);
  if (broken !== -1) return refuse('bad-proof', `Hash ${broken + 1} of the proof is not 32 bytes in base64.`);
  return {
    index: Number(digits),
    hashes: hashes.filter((hash) => hash !== undefined),
    checkpoint: text.slice(end + 2),
  };
}
