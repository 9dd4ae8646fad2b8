import { type Instant, isoInstant, type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import type { Fact, FactType } from '@gezhi/cases';
import type { RequestView } from '@gezhi/contract';
import type { Town } from '@gezhi/town';
import type { LoadedCase } from './load-case.ts';
import { kindLabel, type Label, placeNamed, unitNamed } from './names.ts';
import { stateLabel } from './wire.ts';

/**
 * What the requester of a number sees: the story of their request in plain words, the promise, and what was answered. Nobody who works
 * on it is named, and nothing is told of others who asked the same. `undefined` where the number does not speak in this case.
 */
export function requestView(
  town: Town,
  number: RequestNumber,
  loaded: LoadedCase,
  now: Instant,
): RequestView | undefined {
  const { now: c, words } = loaded;
  const voice = c.voices[number];
  if (!voice) return undefined;
  const facts = [...loaded.absorbed, ...loaded.facts]
    .filter((fact) => fact.recordedAt >= voice.saidAt && isMine(fact, number, loaded))
    .sort((a, b) => a.recordedAt - b.recordedAt || a.position - b.position);
  const said = voice.words && words.get(voice.words.id);
  const { lead } = c;
  return {
    number,
    sayAs: sayRequestNumber(number),
    saidAt: isoInstant(voice.saidAt),
    ...(said === undefined ? {} : { words: said }),
    kind: { code: c.kind, name: kindLabel(town, c.kind) },
    place: placeNamed(town, c.place.code),
    state: { name: c.state, phase: c.phase, label: stateLabel(town, c.state, c.scene) },
    ...(lead ? { unit: unitNamed(town, lead.unit).name } : {}),
    ...(voice.promised
      ? {
          promise: {
            dueAt: isoInstant(voice.promised.dueAt),
            provisional: voice.promised.provisional === true,
            isPast: voice.promised.dueAt < (doneAt(facts) ?? c.endedAt ?? now),
          },
        }
      : {}),
    story: storyOf(town, facts, words),
    replies: repliesOf(facts, words),
    photos: photosOf(facts, number),
  };
}

/** When the unit last reported it done. */
function doneAt(facts: readonly Fact[]): Instant | undefined {
  return facts.findLast((fact) => fact.type === 'done')?.occurredAt;
}

/** Of another case whose voices came here, only what happened before they came. */
function isMine(fact: Fact, number: RequestNumber, { now: c, facts }: LoadedCase): boolean {
  const data = fact.data as { number?: string; voice?: { number: string }; voices?: { number: string }[] };
  if (data.voice) return data.voice.number === number;
  if (data.voices) return data.voices.some((voice) => voice.number === number);
  if (data.number !== undefined && PERSONAL.has(fact.type)) return data.number === number;
  if (fact.caseId === c.caseId) return true;
  const came = facts.find((f) => f.type === 'absorbed' && f.data.from === fact.caseId);
  const brought = came?.type === 'absorbed' && came.data.voices.some((voice) => voice.number === number);
  return brought === true && fact.recordedAt <= came.recordedAt;
}

const PERSONAL: ReadonlySet<FactType> = new Set([
  'followed',
  'promised',
  'contacted',
  'calledBack',
  'unreachable',
  'excluded',
  'photographed',
]);

function storyOf(
  town: Town,
  facts: readonly Fact[],
  words: ReadonlyMap<string, string>,
): RequestView['story'] {
  return facts.flatMap((fact) => {
    const say = sayFact(town, fact);
    if (!say) return [];
    const { words: ref } = fact.data as { words?: { id: string } };
    const said = SHOWN.has(fact.type) && ref ? words.get(ref.id) : undefined;
    return [{ at: isoInstant(fact.recordedAt), say, ...(said === undefined ? {} : { words: said }) }];
  });
}

/** Facts whose words are meant for the requester, or are their own. */
const SHOWN: ReadonlySet<FactType> = new Set(['answered', 'referred', 'declined', 'done', 'followed']);

const DECLINED: Readonly<Record<string, Label>> = {
  emergency: { zh: '属于110、119、120等紧急事项', en: 'it is a matter of the emergency numbers' },
  inLegalProcedure: {
    zh: '已进入或应通过诉讼、仲裁、复议等法定途径',
    en: 'it belongs into a legal procedure',
  },
  alreadyInProcess: { zh: '同一事项正在办理', en: 'the same matter is being handled already' },
  secretOrPrivacy: { zh: '涉及国家秘密、商业秘密或个人隐私', en: 'it touches secrets or privacy' },
  beyondDuty: { zh: '不属于政府职责范围', en: 'it lies beyond public duties' },
  unlawful: { zh: '违反法律法规或社会公序良俗', en: 'it is against the law' },
};

/** One fact in a sentence for its requester; `undefined` for what is the office's own business. */
function sayFact(town: Town, fact: Fact): Label | undefined {
  const unit = (code: string): string => unitNamed(town, code).name;
  switch (fact.type) {
    case 'opened':
    case 'joined':
      return { zh: '已受理您的诉求。', en: 'Your request was received.' };
    case 'routeUnclear':
      return { zh: '承办单位正由人工研判。', en: 'A person is deciding who takes it.' };
    case 'dispatched':
      return {
        zh: `已派给${unit(fact.data.lead.unit)}办理。`,
        en: `It was sent to ${unit(fact.data.lead.unit)}.`,
      };
    case 'promised':
      return { zh: '已承诺办理期限。', en: 'A date was promised.' };
    case 'accepted':
      return { zh: '承办单位已签收。', en: 'The unit has accepted it.' };
    case 'contacted':
      return { zh: '承办单位联系了您。', en: 'The unit contacted you.' };
    case 'followed':
      return { zh: '您作了补充。', en: 'You added to it.' };
    case 'photographed':
      return fact.data.number === undefined ? undefined : { zh: '您附了照片。', en: 'You added a photo.' };
    case 'answered':
      return { zh: '已答复。', en: 'It was answered.' };
    case 'referred':
      return { zh: '已转介到有权处理的单位。', en: 'It was referred to whoever can deal with it.' };
    case 'declined': {
      const why = DECLINED[fact.data.reason];
      return {
        zh: `不予派单：${why?.zh ?? fact.data.reason}。`,
        en: `It was not dispatched: ${why?.en ?? fact.data.reason}.`,
      };
    }
    case 'done':
      return { zh: '承办单位报告已办结，等待核查。', en: 'The unit reports it done; it is to be checked.' };
    case 'checked':
      return fact.data.passed
        ? { zh: '已核查通过。', en: 'It was checked.' }
        : { zh: '核查未通过，退回重办。', en: 'The check failed; it goes back to the unit.' };
    case 'calledBack':
      return { zh: '已回访您。', en: 'You were called back.' };
    case 'unreachable':
      return { zh: '回访未能联系到您。', en: 'You could not be reached.' };
    case 'closed':
      return { zh: '已结案。', en: 'It was closed.' };
    case 'reopened':
      return { zh: '已重新办理。', en: 'It was reopened.' };
    case 'absorbed':
    case 'merged':
      return {
        zh: '与同一事项的其他诉求一并办理。',
        en: 'It is handled together with others about the same matter.',
      };
    case 'excluded':
      return { zh: '不计入考核，理由已登记。', en: 'It is left out of the rates, for a reason on record.' };
    case 'deadlinePassed':
      return { zh: '已超过期限。', en: 'A deadline has passed.' };
    default:
      return undefined;
  }
}

function repliesOf(facts: readonly Fact[], words: ReadonlyMap<string, string>): RequestView['replies'] {
  return facts.flatMap((fact) => {
    if (fact.type === 'followed' || !SHOWN.has(fact.type)) return [];
    const { words: ref } = fact.data as { words?: { id: string } };
    const said = ref && words.get(ref.id);
    return said === undefined ? [] : [{ at: isoInstant(fact.recordedAt), words: said }];
  });
}

function photosOf(facts: readonly Fact[], number: RequestNumber): RequestView['photos'] {
  return facts.flatMap((fact) =>
    fact.type === 'photographed' && fact.data.number === number
      ? [{ id: fact.data.media.id, link: `/api/media/${fact.data.media.id}` }]
      : [],
  );
}
