import { type Instant, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import type { Receipt } from '../incoming.ts';
import { takeIn } from '../take-in.ts';
import type { Town } from '../town.ts';

/** What happened to personal data: they leaked, were changed, or were lost (PIPL Art. 57). */
export const BREACHES = ['leak', 'change', 'loss'] as const;
export type Breach = (typeof BREACHES)[number];

const SCENE = 'breach';

/**
 * Opens a case about a breach of personal data, with the clocks of the notices it owes. Its words say what is known so far. Sending it twice
 * is harmless.
 *
 * Refuses `nothing-said`, `no-scene` where the town has no scene `breach`.
 */
export async function reportBreach(
  town: Town,
  breach: {
    readonly what: Breach;
    readonly words: string;
    readonly by: Actor;
    readonly commandId: string;
    /** When it was noticed. */
    readonly noticedAt?: Instant;
  },
  now: Instant,
): Promise<Receipt | Refusal> {
  const { what, words, by, commandId, noticedAt = now } = breach;
  if (!town.packs.has(SCENE)) return refuse('no-scene', 'This town has no scene for breaches.');
  if (!words.trim()) return refuse('nothing-said', 'Say in a few words what happened.');
  const [receipt] = await takeIn(
    town,
    [
      {
        ...{
          source: 'breach',
          id: commandId,
          type: 'gezhi.breach.v1',
          occurredAt: noticedAt,
          channel: 'staff',
        },
        ...{ kind: `breach.${what}`, scene: SCENE, words, found: true, publicity: 'private', mayJoin: false },
        attributes: { by: by.post },
      },
    ],
    now,
  );
  return receipt ?? refuse('nothing-said', 'Nothing was taken in.');
}
