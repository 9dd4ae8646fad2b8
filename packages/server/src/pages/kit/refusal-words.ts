import type { Refusal } from '@gezhi/basis';
import { LABELS } from '@gezhi/cases';
import type { Visit } from './visit.ts';

/** Why something was refused, as one sentence in the reader's language, with the particulars that the refusal carries. */
export function sayRefusal({ w, lang, town }: Visit, { code, details }: Refusal): string {
  if (code === 'guard') return labelIn(details?.words)?.[lang] ?? LABELS.refusals.guard[lang];
  if (code === 'no-power') {
    const because = details?.because as { text?: unknown; basis?: unknown } | undefined;
    const text = labelIn(because?.text)?.[lang];
    if (text)
      return w.refusals.noPower(typeof because?.basis === 'string' ? `${text} ${because.basis}` : text);
  }
  if (code === 'not-now') {
    const state = town.pack.process.states[String(details?.state)];
    if (state) return w.refusals.notNow(state.label[lang]);
  }
  if (Object.hasOwn(LABELS.refusals, code))
    return LABELS.refusals[code as keyof typeof LABELS.refusals][lang];
  const own = Object.hasOwn(w.refusals, code) ? w.refusals[code as keyof typeof w.refusals] : undefined;
  return typeof own === 'string' ? own : w.refusals.other(code);
}

function labelIn(value: unknown): { readonly zh: string; readonly en: string } | undefined {
  const label = value as { zh?: unknown; en?: unknown } | undefined;
  return typeof label?.zh === 'string' && typeof label.en === 'string'
    ? { zh: label.zh, en: label.en }
    : undefined;
}
