/** Small enough to come through where a network lasts for seconds. */
const PIECE_BYTES = 64 * 1024;
/** A file that fits in a few pieces is as soon sent again as a whole. */
const WHOLE_BYTES = 2 * PIECE_BYTES;
/** How often it may be told the same place before it gives up for now. */
const STANDS_MAX = 3;

/** Whether a file is worth to be sent in pieces. */
export function isLarge(file: Blob): boolean {
  return file.size > WHOLE_BYTES;
}

/**
 * Sends a file in pieces and goes on where it was cut off, in this page or a later one: the service is asked how much it has. `id` is chosen once. Answers false where
 * the service cannot take it just now; what it refuses will be refused again when the file is used.
 *
 * @throws TypeError where the network is away
 */
export async function uploadFile(id: string, file: Blob): Promise<boolean> {
  const address = `/api/uploads/${encodeURIComponent(id)}`;
  let at = await offsetOf(await fetch(address));
  for (let stands = 0; at !== undefined && at < file.size; ) {
    const body = file.slice(at, at + PIECE_BYTES);
    const headers = { 'content-type': 'application/octet-stream' };
    const next = await offsetOf(await fetch(`${address}?offset=${at}`, { method: 'PUT', body, headers }));
    stands = next === at ? stands + 1 : 0;
    if (stands >= STANDS_MAX) return false;
    at = next;
  }
  return at !== undefined;
}

async function offsetOf(answer: Response): Promise<number | undefined> {
  if (!answer.ok) return undefined;
  const { offset } = (await answer.json()) as { readonly offset?: unknown };
  return typeof offset === 'number' ? offset : undefined;
}
