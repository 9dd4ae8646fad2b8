import { type Refusal, refuse } from '@gezhi/basis';
import type { Because } from '@gezhi/powers';

/** The refusal of whoever does not hold a power: the policy that decided, its sentence in both languages, and its legal basis. */
export function noPower(power: string, { policy, text, basis }: Because): Refusal {
  const because = { policy, text, ...(basis === undefined ? {} : { basis }) };
  return refuse('no-power', text.en, { power, because, words: text });
}
