import { setTimeout as sleep } from 'node:timers/promises';

/** A reader of `/api/stream` that remembers the position of every fact it was told, in the order of telling. */
export type StreamReader = {
  readonly positions: readonly number[];
  /** Leaves the stream and comes back, at the same service or another, where it was. */
  resumeAt(url: string): Promise<void>;
  /** Answers when the fact at this position was told. */
  until(position: number): Promise<void>;
  end(): Promise<void>;
};

const PATIENCE_MS = 30_000;

/** Reads from the first fact on. */
export async function readStream(url: string, token: string): Promise<StreamReader> {
  const positions: number[] = [];
  let lastId: string | undefined;
  let abort = new AbortController();
  let reading = Promise.resolve();

  const open = async (at: string): Promise<void> => {
    abort = new AbortController();
    const headers = { authorization: `Bearer ${token}`, ...(lastId ? { 'last-event-id': lastId } : {}) };
    const answer = await fetch(`${at}/api/stream?since=0`, { headers, signal: abort.signal });
    if (answer.status !== 200) throw new Error(`The stream answered ${answer.status}.`);
    reading = read(answer, (id) => {
      lastId = id;
      positions.push(Number(id.split(':')[1]));
    });
  };
  const leave = async (): Promise<void> => {
    abort.abort();
    await reading;
  };
  await open(url);
  return {
    positions,
    resumeAt: async (at) => {
      await leave();
      await open(at);
    },
    until: async (position) => {
      const giveUpAt = Date.now() + PATIENCE_MS;
      while ((positions.at(-1) ?? 0) < position) {
        if (Date.now() > giveUpAt)
          throw new Error(`Told up to ${positions.at(-1)}, waiting for ${position}.`);
        await sleep(20);
      }
    },
    end: leave,
  };
}

/** Reads whole events until the stream ends, by us or by the death of its service. */
async function read(answer: Response, told: (id: string) => void): Promise<void> {
  let text = '';
  try {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      const events = (text + chunk).split('\n\n');
      text = events.pop()!;
      for (const event of events) {
        const id = /^id: (.+)$/m.exec(event)?.[1];
        if (id) told(id);
      }
    }
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'AbortError' && message !== 'terminated') throw error;
  }
}
