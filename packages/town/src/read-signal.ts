import { DAY, type Instant } from '@gezhi/basis';
import { type CasePlace, HANDED_TO, type HandedTo, type Sign } from '@gezhi/cases';
import { proposeByModel, readUrgent, type UrgentReading, type UrgentRules } from '@gezhi/text';
import type { Incoming } from './incoming.ts';
import { adoptedModel } from './kind-desk.ts';
import { locate } from './locate.ts';
import type { Kind, Town } from './town.ts';
import { samenessOf } from './words.ts';

/** A signal that is read: its place, its kind, the dangers that its words tell of, and the keyed hash of its wording. */
export type ReadSignal = {
  readonly signal: Incoming;
  readonly place: CasePlace;
  readonly kind: string;
  readonly kindBecause: 'stated' | 'proposed' | 'none';
  readonly same: Buffer | null;
  /** Danger that concerns those who come at once; the case is red until they acknowledge. */
  readonly signs: readonly Sign[];
  /** Signs that are told by duty, in a secret case beside this one. */
  readonly reportSigns: readonly Sign[];
};

/**
 * Finds out where a signal is, what it is about and whether it tells of danger. Pure over the town. Danger is read in what is heard live,
 * whoever stated the kind; without `now`, and of imported history, it is not: whoever was in danger then is not helped by it.
 */
export function readSignal(town: Town, signal: Incoming, now?: Instant): ReadSignal {
  const place = locate(town, signal);
  const said = signal.words;
  const proposed =
    signal.kind || !said ? undefined : proposeByModel(adoptedModel(town), town.pack.kinds, said);
  const kind = signal.kind ?? proposed?.kind ?? 'unknown';
  const kindBecause = signal.kind ? 'stated' : proposed ? 'proposed' : 'none';
  const mayJoin = signal.mayJoin !== false && said !== undefined && !signal.follows;
  return {
    signal,
    place,
    kind,
    kindBecause,
    same: mayJoin ? samenessOf(town, kind, place.code, said) : null,
    ...(isLive(signal, now) ? signsIn(town, said ?? '') : NO_SIGNS),
  };
}

/** As far back as a live signal is believed. */
const LIVE_MS = 2 * DAY;

function isLive({ stated, occurredAt, words }: Incoming, now: Instant | undefined): boolean {
  return words !== undefined && !stated && now !== undefined && now - occurredAt <= LIVE_MS;
}

const NO_SIGNS = { signs: [], reportSigns: [] } as const;

type Signs = Pick<ReadSignal, 'signs' | 'reportSigns'>;

/**
 * The signs of danger in a text by the rules of the town's scene. Only what is to be handed off is a sign; services of the town's own (gas, power,
 * water) are no receivers of the kernel and are named where a person reads (`urgentIn`). What is told by duty is kept apart.
 */
function signsIn(town: Town, text: string): Signs {
  const { rules } = town.pack.urgent;
  const reading = readUrgent(rules, text);
  if (reading.level !== 'handOff') return NO_SIGNS;
  const signs = new Map<string, Sign>();
  for (const { rule } of reading.because) {
    const { level, to } = ruleOf(rules, rule);
    if (level !== 'handOff') continue;
    for (const whom of to) if (isReceiver(whom)) signs.set(`${rule}\n${whom}`, { rule, to: whom });
  }
  const all = [...signs.values()];
  if (!reportKind(town)) return { signs: all, reportSigns: [] };
  return { signs: all.filter((sign) => !isByDuty(sign)), reportSigns: all.filter(isByDuty) };
}

const isByDuty = ({ to }: Sign): boolean => to === 'mandatoryReport';

function isReceiver(whom: string): whom is HandedTo {
  return (HANDED_TO as readonly string[]).includes(whom);
}

type Rule = { readonly level: 'handOff' | 'urgent'; readonly to: readonly string[] };

const RULES = new WeakMap<UrgentRules, ReadonlyMap<string, Rule>>();

function ruleOf(rules: UrgentRules, id: string): Rule {
  let byId = RULES.get(rules);
  if (!byId) {
    byId = new Map(rules.patterns.map(({ first }) => [first.rule.id, first.rule]));
    RULES.set(rules, byId);
  }
  return byId.get(id) ?? { level: 'urgent', to: [] };
}

/** What the words tell of danger, with all whom it concerns, the town's own services too: for a person who reads. */
export function urgentIn(town: Town, text: string): UrgentReading {
  return readUrgent(town.pack.urgent.rules, text);
}

/** The kind under which abuse is told by duty: the one that a scene gives the trait `byDuty`; none where no such scene is installed. */
export function reportKind(town: Town): Kind | undefined {
  if (!BY_DUTY.has(town))
    BY_DUTY.set(
      town,
      [...town.kinds.values()].find(({ traits }) => traits.includes('byDuty')),
    );
  return BY_DUTY.get(town);
}

const BY_DUTY = new WeakMap<Town, Kind | undefined>();
