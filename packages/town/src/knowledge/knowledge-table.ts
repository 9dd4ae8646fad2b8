import { type Instant, isoInstant, isRefusal, parseInstant, type Refusal } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { isLocalDay, localDay, zoneOf } from '@gezhi/clock';
import { inTransaction, type KnowledgeStatus } from '@gezhi/storage';
import type { Town } from '../town.ts';
import { newId } from '../words.ts';
import { type KnowledgeItem, NO_BASIS, refuseItem } from './item.ts';
import { addVersion, findKnowledgeItem, type KnownItem, refuseUnknown } from './knowledge.ts';

/** The columns of a table of knowledge, by their English and Chinese names. Lists have `;` or `、` between. */
export const KNOWLEDGE_COLUMNS = {
  id: ['id', '编号'],
  question: ['question', '问题'],
  answer: ['answer', '答复', '答案'],
  basis: ['basis', '依据'],
  owner: ['owner', '负责单位', '责任单位'],
  validUntil: ['validUntil', '有效期至', '有效期'],
  kinds: ['kinds', '类别'],
  places: ['places', '适用地点', '地点'],
  language: ['language', '语言'],
  status: ['status', '状态'],
} as const;

export type KnowledgeColumn = keyof typeof KNOWLEDGE_COLUMNS;

/** One row as text; what a file lacks is absent. `validUntil` is a day (2027-05-01) or a moment with its zone. */
export type KnowledgeTableRow = Readonly<Partial<Record<KnowledgeColumn, string>>>;

/** What is wrong with one row: in which column, what stands there, why it cannot be. */
export type BadRow = {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly problem: string;
};

export type KnowledgeImport = {
  readonly written: number;
  /** Rows that say what the newest version says already. */
  readonly same: number;
  readonly bad: readonly BadRow[];
};

const IMPORTER: Actor = { post: 'system' };

/**
 * Brings a table into the knowledge base, row by row: a good row is written though another is bad. A row whose id is known becomes its next version; one that says the same is
 * passed over. It is the operator who brings it, so that no owner is asked; without `live` what is new waits for its owner as a proposal.
 */
export async function importKnowledge(
  town: Town,
  rows: readonly { readonly line: number; readonly row: KnowledgeTableRow }[],
  options: { readonly live: boolean; readonly now: Instant },
): Promise<KnowledgeImport> {
  const bad: BadRow[] = [];
  let written = 0;
  let same = 0;
  for (const { line, row } of rows) {
    const done = await importRow(town, row, options);
    if (done === 'written') written += 1;
    else if (done === 'same') same += 1;
    else bad.push({ line, ...problemOf(done, row) });
  }
  return { written, same, bad };
}

async function importRow(
  town: Town,
  row: KnowledgeTableRow,
  { live, now }: { readonly live: boolean; readonly now: Instant },
): Promise<'written' | 'same' | Refusal> {
  const known = row.id ? await findKnowledgeItem(town, row.id, now) : undefined;
  const item = itemOf(town, row, known, now);
  const status = statusOf(row, known, live);
  const refused = refuseUnknown(town, item) ?? refuseItem(item, now, status);
  if (refused) return refused;
  if (known && saysTheSame(known, item, status)) return 'same';
  const change = { item, version: (known?.version ?? 0) + 1, status };
  const done = await inTransaction(town.db.pool, (client) => addVersion(town, client, change, IMPORTER, now));
  return isRefusal(done) ? done : 'written';
}

function itemOf(
  town: Town,
  row: KnowledgeTableRow,
  known: KnownItem | undefined,
  now: Instant,
): KnowledgeItem {
  const { question = '', answer = '', basis = '', owner = '', validUntil = '', language } = row;
  return {
    id: row.id || `item-${newId(now)}`,
    question: question.trim(),
    answer: answer.trim().replaceAll('\r\n', '\n'),
    basis: basis.trim() || NO_BASIS,
    owner: codeOfUnit(town, owner.trim()),
    validUntil: momentOf(town, validUntil.trim()),
    kinds: listOf(row.kinds),
    places: listOf(row.places),
    language: language?.trim() === 'en' || language?.trim() === '英文' ? 'en' : 'zh',
    ...(known?.sourceCase ? { sourceCase: known.sourceCase } : {}),
  };
}

function statusOf(row: KnowledgeTableRow, known: KnownItem | undefined, live: boolean): KnowledgeStatus {
  const said = row.status?.trim();
  if (said === 'withdrawn' || said === '已撤下') return 'withdrawn';
  if (said === 'proposed' || !live)
    return known && known.status !== 'proposed' && said !== 'proposed' ? plain(known) : 'proposed';
  return 'live';
}

function plain({ status }: KnownItem): KnowledgeStatus {
  return status === 'due' ? 'live' : status;
}

/** Units are named by their code, or by their name where no other has it. */
function codeOfUnit(town: Town, said: string): string {
  if (town.units.has(said)) return said;
  const named = [...town.units.values()].filter(({ name }) => name === said);
  return named.length === 1 ? named[0]!.code : said;
}

/** What holds until a day holds on that day. */
function momentOf(town: Town, said: string): Instant {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(said) ?? [];
  if (!year || !month || !day) return parseInstant(said) ?? 0;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDay(text) ? zoneOf(town.profile.zone).instantOf(localDay(text), END_OF_DAY_MS) : 0;
}

const END_OF_DAY_MS = 86_400_000 - 60_000;

function listOf(said: string | undefined): readonly string[] {
  return (said ?? '').split(/[;；、,，\s]+/).filter(Boolean);
}

function saysTheSame(known: KnownItem, item: KnowledgeItem, status: KnowledgeStatus): boolean {
  const { version: _, status: before, answered: _a, ...was } = known;
  const sorted = (one: KnowledgeItem): string =>
    JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(was) === sorted(item) && (before === 'due' ? 'live' : before) === status;
}

function problemOf({ because, details }: Refusal, row: KnowledgeTableRow): Omit<BadRow, 'line'> {
  const column = String(details?.field ?? 'id');
  const value = (row as Readonly<Record<string, string | undefined>>)[column] ?? '';
  return { column, value: value.length > 60 ? `${value.slice(0, 60)}…` : value, problem: because };
}

/** The rows of a town's knowledge, every status, as `importKnowledge` takes them. */
export function knowledgeRows(
  town: Town,
  items: readonly KnownItem[],
): readonly Required<KnowledgeTableRow>[] {
  return items.map(({ id, question, answer, basis, owner, validUntil, kinds, places, language, status }) => ({
    id,
    question,
    answer,
    basis,
    owner,
    validUntil: dayOr(town, validUntil),
    kinds: kinds.join(';'),
    places: places.join(';'),
    language,
    status: status === 'due' ? 'live' : status,
  }));
}

/** The day at whose end it ends, or the moment where it ends within one. */
function dayOr(town: Town, at: Instant): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: town.profile.zone }).format(new Date(at));
  return momentOf(town, day) === at ? day : isoInstant(at);
}
