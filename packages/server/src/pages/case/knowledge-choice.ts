import { askKnowledge, commandFrom, dueKnowledge, findKnowledgeItem, type KnownItem } from '@gezhi/town';
import { choiceField, type Sent } from '../kit/fields.ts';
import type { Child } from '../kit/html.ts';
import { unitName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import type { CaseView } from './case-view.ts';

/** As many as somebody reads while a caller waits. */
const OFFERED = 3;

/** The items that may answer what a case's first voice asked, those for its place first. */
export async function knownAnswers(visit: Visit, { c, said }: CaseView): Promise<readonly KnownItem[]> {
  const voice = Object.values(c.voices)[0];
  const text = said.get(voice?.words?.id ?? '')?.slice(0, 400);
  if (!text) return [];
  const place = c.place.code === 'unknown' ? undefined : c.place.code;
  return await askKnowledge(visit.town, { text, place }, visit.now, OFFERED);
}

/** Offers items to answer from; nothing where none is known. */
export function knowledgeChoice(
  visit: Visit,
  prefix: string,
  sent: Sent,
  known: readonly KnownItem[],
): Child {
  if (known.length === 0) return undefined;
  const k = visit.w.knowledge;
  const options = known.map((item) => ({
    value: item.id,
    label: item.question,
    hint: `${item.answer} ${k.basis}: ${item.basis} · ${unitName(item.owner, visit)}`,
  }));
  return choiceField({
    name: 'item',
    label: k.use,
    prefix,
    options: [...options, { value: '', label: k.useNone, hint: k.useHint }],
    chosen: [sent.get('item')],
  });
}

/** The item that a form chose, if it holds. */
export async function chosenItem({ town, now }: Visit, sent: Sent): Promise<KnownItem | undefined> {
  const id = sent.get('item');
  const item = id ? await findKnowledgeItem(town, id, now) : undefined;
  const holds = item && (item.status === 'live' || item.status === 'due') && item.validUntil > now;
  return holds ? item : undefined;
}

/** The id under which a form's command goes: it names the item that answers, where one was chosen. */
export async function commandIdOf(visit: Visit, sent: Sent): Promise<string> {
  const id = `page/${sent.get('commandId')}`;
  const item = await chosenItem(visit, sent);
  return item ? commandFrom(id, item.id) : id;
}

/** How many items of a unit are proposed, and how many are to be reviewed. */
export async function waitingKnowledge(
  { town, now }: Visit,
  unit: string,
): Promise<{ readonly proposed: number; readonly due: number }> {
  const items = await dueKnowledge(town, now, unit);
  const proposed = items.filter(({ status }) => status === 'proposed').length;
  return { proposed, due: items.length - proposed };
}
