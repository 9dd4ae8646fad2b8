import { open, readFile } from 'node:fs/promises';
import { type EditionFile, isEditionFile, recomputeEdition } from '@gezhi/town';
import { type Io, say } from './io.ts';

/** How a file of an edition begins: canonical JSON puts this key first, and no file of facts begins so. */
const BEGINS = '{"edition":';

/** The edition in a file; `undefined` where the file is of another sort. */
export async function readEditionFile(path: string): Promise<EditionFile | undefined> {
  const file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINS.length)).finally(() => file.close());
  if (buffer.toString('utf8', 0, bytesRead) !== BEGINS) return undefined;
  const read: unknown = JSON.parse(await readFile(path, 'utf8'));
  return isEditionFile(read) ? read : undefined;
}

/** Computes an edition again from its input: the same bytes, or 3 as the command's end. */
export function recomputeAgain(io: Io, file: EditionFile, json: boolean): void {
  const { text, isSame } = recomputeEdition(file);
  if (!isSame) io.end(3);
  const { id, hash } = file.edition;
  if (json) io.out(text);
  else {
    const told = isSame ? say(io, '逐字节相同', 'the same to the byte') : say(io, '不相同', 'not the same');
    io.out(`${id} · ${told} · ${hash}`);
  }
}
