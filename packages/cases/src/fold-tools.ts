import type { Instant } from '@gezhi/basis';
import type { Case } from './case.ts';
import type { CarriedVoice } from './fact.ts';
import { FLAGS, type Flag } from './phase.ts';

/** A case that its maker still writes on; `voices` is its own too, everything else in it is shared and replaced. */
export type Open = { -readonly [K in keyof Case]: Case[K] } & { voices: Record<string, CarriedVoice> };

/** Whoever was asked before this moment is asked again; the first answer is kept beside, and is what the rates count. */
export function askAgain(c: Open, before: Instant): Open {
  for (const [number, { callback, tries: _tries, ...voice }] of Object.entries(c.voices)) {
    if (!callback || callback.at >= before) continue;
    c.voices[number] = { ...voice, firstCallback: voice.firstCallback ?? callback };
    c.owed += 1;
  }
  return c;
}

export function changeVoice(c: Open, number: string, change: Partial<CarriedVoice>): Open {
  const voice = Object.hasOwn(c.voices, number) ? c.voices[number] : undefined;
  if (!voice) throw new Error(`case ${c.caseId}: no voice ${number} to change`);
  c.voices[number] = { ...voice, ...change };
  return c;
}

export function flag(c: Open, flag: Flag): Open {
  if (!c.flags.includes(flag)) c.flags = FLAGS.filter((f) => f === flag || c.flags.includes(f));
  return c;
}

export function unflag(c: Open, flag: Flag): Open {
  if (c.flags.includes(flag)) c.flags = c.flags.filter((f) => f !== flag);
  return c;
}
