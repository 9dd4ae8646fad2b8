import { uploadFile } from '@gezhi/ui/device';

const TRIES_MAX = 5;
const WAIT_MS = 2_000;

/** Which request photos go to, and an id that is chosen once: sending them again adds none twice. */
export type PhotosTo = { readonly number: string; readonly code: string; readonly id: string };

/** Adds photos or a sound to one's own request, each in pieces that go on where a network broke off; answers how many were kept. */
export async function sendPhotos({ number, code, id }: PhotosTo, files: readonly Blob[]): Promise<number> {
  let kept = 0;
  for (const [i, file] of files.entries()) {
    const upload = `${id}-${i}`;
    const address = `/api/requests/${number}/photos?${new URLSearchParams({ code, upload })}`;
    if (await sendOne(address, upload, file)) kept += 1;
  }
  return kept;
}

async function sendOne(address: string, upload: string, file: Blob): Promise<boolean> {
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    try {
      if (await uploadFile(upload, file)) return (await fetch(address, { method: 'POST' })).ok;
    } catch (error) {
      // A network that fails is a TypeError, whatever the browser.
      if (!(error instanceof TypeError)) throw error;
    }
    await new Promise((done) => setTimeout(done, tries * WAIT_MS));
  }
  return false;
}
