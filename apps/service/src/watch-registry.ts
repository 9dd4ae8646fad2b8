import { registryFingerprint } from '@gezhi/storage';
import type { Installation } from '@gezhi/town';

/** How often the service looks whether a command beside it has imported a town. */
const LOOK_EVERY_MS = 5_000;

/**
 * Reads the districts anew whenever somebody else has changed them (`gezhi town import` beside the service). A database that is away is
 * asked again at the next look.
 */
export async function watchRegistry(
  installation: Installation,
  log: (line: string) => void,
): Promise<{ stop(): Promise<void> }> {
  const look = (): Promise<string> => registryFingerprint(installation.db.pool);
  let known = await look();
  let working: Promise<void> = Promise.resolve();
  const step = async (): Promise<void> => {
    try {
      const seen = await look();
      if (seen === known) return;
      await installation.reload();
      known = seen;
      log(`Read the districts anew: ${[...installation.towns.keys()].join(', ')}.`);
    } catch (error) {
      log(`The districts could not be read: ${(error as Error).message}`);
    }
  };
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    working = step().finally(() => {
      busy = false;
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await working;
    },
  };
}
