import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseAway } from '@gezhi/storage';

export type LoopOptions = {
  readonly name: string;
  /** How long it rests between two steps that went well. */
  readonly everyMs: number;
  readonly step: () => Promise<void>;
  readonly log: (line: string) => void;
};

export type Loop = {
  /** Takes the next step now instead of resting. */
  wake(): void;
  /** Answers when the step that runs has ended; there is no further one. */
  stop(): Promise<void>;
};

const BACK_OFF_FROM_MS = 500;
const BACK_OFF_MAX_MS = 10_000;

/**
 * Takes a step again and again until it is stopped. One that fails is told in the log and taken again, after twice the rest each time
 * (half a second to ten seconds): a step has to leave nothing half done.
 */
export function startLoop({ name, everyMs, step, log }: LoopOptions): Loop {
  let stopped = false;
  let failures = 0;
  let resting = new AbortController();
  const rest = async (ms: number): Promise<void> => {
    resting = new AbortController();
    if (stopped) return;
    await sleep(ms, undefined, { signal: resting.signal, ref: false }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      try {
        await step();
        if (failures > 0) log(`${name} goes on.`);
        failures = 0;
        await rest(everyMs);
      } catch (error) {
        failures += 1;
        const waitMs = Math.min(BACK_OFF_MAX_MS, BACK_OFF_FROM_MS * 2 ** (failures - 1));
        if (failures === 1 || waitMs === BACK_OFF_MAX_MS) log(sayFailure(name, error, waitMs));
        await rest(waitMs);
      }
    }
  };
  const running = run();
  return {
    wake: () => resting.abort(),
    stop: async () => {
      stopped = true;
      resting.abort();
      await running;
    },
  };
}

function sayFailure(name: string, error: unknown, waitMs: number): string {
  const seconds = waitMs / 1000;
  const { message, stack } = error as Error;
  if (isDatabaseAway(error))
    return `${name}: the database is away (${message}); trying again in ${seconds} s.`;
  return `${name} failed, trying again in ${seconds} s: ${stack ?? message}`;
}
