import { createHmac, timingSafeEqual } from 'node:crypto';
import { type CaseId, HOUR, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { type Actor, type Case, clocksOf, type Fact, replay, type Task, type TaskStep } from '@gezhi/cases';
import {
  addTaskLink,
  findTaskLink,
  loadFacts,
  revokeTaskLink,
  type TaskLinkRow,
  taskLinksOf,
  wordsById,
} from '@gezhi/storage';
import { maskText } from '@gezhi/text';
import { act, type Done } from '../act.ts';
import { dueIn } from '../context.ts';
import { mayIn } from '../may.ts';
import { noPower } from '../powers/no-power.ts';
import { isSecret } from '../secret.ts';
import { processOf, type Town } from '../town.ts';
import { someRandom } from '../words.ts';

/** A link is for the days of a repair, not for good. */
export const LINK_HOURS_MAX = 14 * 24;
export const LINK_HOURS = 72;

export type MadeLink = { readonly link: TaskLinkRow; readonly token: string };

/**
 * Makes a link for one task of a unit outside: whoever holds it acts on that task as that unit's post, and on nothing else, until it
 * expires or is taken back. Made by whoever leads the case.
 *
 * Refuses `no-such-case`, `secret-kind`, `no-power`, `no-such-task`, `no-change` (the task is done), `no-post` (nobody there to act as), `bad-input`
 */
export async function makeTaskLink(
  town: Town,
  order: { readonly caseId: CaseId; readonly task: string; readonly hours?: number },
  by: Actor,
  now: Instant,
): Promise<MadeLink | Refusal> {
  const { caseId, task, hours = LINK_HOURS } = order;
  const c = await caseOf(town, caseId);
  if (isRefusal(c)) return c;
  const no = refuseMaker(town, c, by);
  if (no) return no;
  if (!Number.isInteger(hours) || hours < 1 || hours > LINK_HOURS_MAX)
    return refuse('bad-input', `A link holds for 1 to ${LINK_HOURS_MAX} whole hours.`, { field: 'hours' });
  const known = c.tasks.find((one) => one.task === task);
  if (!known) return refuse('no-such-task', `The case has no task "${task}".`, { task });
  if (known.doneAt !== undefined) return refuse('no-change', `Task "${task}" is done already.`, { task });
  if (!postOf(town, known.unit))
    return refuse('no-post', `"${known.unit}" has no post.`, { unit: known.unit });
  const link: TaskLinkRow = {
    id: Buffer.from(someRandom(9)).toString('base64url'),
    caseId,
    task,
    unit: known.unit,
    madeAt: now,
    madeBy: by.post,
    expiresAt: now + hours * HOUR,
    revokedAt: null,
  };
  await addTaskLink(town.db.pool, town.district, link);
  return { link, token: tokenOfLink(town, link) };
}

/** The links of a case with their tokens, for whoever may make them. */
export async function linksOfCase(
  town: Town,
  caseId: CaseId,
  by: Actor,
): Promise<readonly MadeLink[] | Refusal> {
  const c = await caseOf(town, caseId);
  if (isRefusal(c)) return c;
  const no = refuseMaker(town, c, by);
  if (no) return no;
  const links = await taskLinksOf(town.db.pool, town.district, caseId);
  return links.map((link) => ({ link, token: tokenOfLink(town, link) }));
}

/** Takes a link back at once. Refuses as `makeTaskLink`, `no-such-link`, `no-change` */
export async function takeBackLink(
  town: Town,
  order: { readonly caseId: CaseId; readonly id: string },
  by: Actor,
  now: Instant,
): Promise<TaskLinkRow | Refusal> {
  const c = await caseOf(town, order.caseId);
  if (isRefusal(c)) return c;
  const no = refuseMaker(town, c, by);
  if (no) return no;
  const link = await findTaskLink(town.db.pool, town.district, order.id);
  if (link?.caseId !== order.caseId) return refuse('no-such-link', 'The case has no such link.');
  if (!(await revokeTaskLink(town.db.pool, town.district, order.id, { at: now, post: by.post })))
    return refuse('no-change', 'The link was taken back already.');
  return { ...link, revokedAt: now };
}

async function caseOf(town: Town, caseId: CaseId): Promise<Case | Refusal> {
  const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
  return c ?? refuse('no-such-case', `There is no case ${caseId} here.`);
}

function refuseMaker(town: Town, c: Case, by: Actor): Refusal | undefined {
  if (isSecret(town, c)) return refuse('secret-kind', 'A secret matter goes to nobody by a link.');
  const { allowed, because } = mayIn(town, 'handle', c, by);
  return allowed ? undefined : noPower('handle', because);
}

/** What the holder of a link sees: the task and nothing of who asked. */
export type TaskSeen = {
  readonly link: TaskLinkRow;
  readonly task: Task;
  readonly kind: string;
  readonly place: string;
  readonly point?: readonly [lon: number, lat: number];
  /** What the lead asked for, with what looks like a name, number or address masked. */
  readonly what?: string;
  /** The term it was given, else the one that the scene gives such tasks. */
  readonly dueAt?: Instant;
  readonly open: boolean;
};

/**
 * Opens a link by its token. Refuses `bad-link` (not ours, altered, or of a task that went to another unit), `link-expired`, `link-revoked`; the
 * answer takes the same time wherever the token differs.
 */
export async function openTaskLink(town: Town, token: string, now: Instant): Promise<TaskSeen | Refusal> {
  const [id = '', mac = ''] = token.split('.');
  const link = /^[\w-]{12}$/.test(id) ? await findTaskLink(town.db.pool, town.district, id) : undefined;
  const given = Buffer.from(mac);
  const right = Buffer.from(macOf(town, link ?? NO_LINK));
  if (given.length !== right.length || !timingSafeEqual(given, right) || !link)
    return refuse('bad-link', 'The link is not one of ours, or not whole.');
  if (link.revokedAt !== null) return refuse('link-revoked', 'The link was taken back.');
  if (link.expiresAt <= now)
    return refuse('link-expired', 'The link has expired.', { expiresAt: link.expiresAt });
  const facts = (await loadFacts(town.db.pool, town.district, [link.caseId])).get(link.caseId) ?? [];
  const c = replay(facts);
  const task = c?.tasks.find((one) => one.task === link.task);
  if (!c || task?.unit !== link.unit) return refuse('bad-link', 'The task is not this unit’s any more.');
  const what = await askedFor(town, facts, link.task);
  const dueAt = task.dueAt ?? deliverBy(town, c, link.task);
  return {
    link,
    task,
    kind: c.kind,
    place: c.place.code,
    ...(c.place.point ? { point: c.place.point } : {}),
    ...(what === undefined ? {} : { what }),
    ...(dueAt === undefined ? {} : { dueAt }),
    open: task.doneAt === undefined && c.endedAt === undefined,
  };
}

function deliverBy(town: Town, c: Case, task: string): Instant | undefined {
  const clocks = clocksOf(processOf(town, c), c, (stage, of, at, pauses) =>
    dueIn(town, stage, of, at, pauses),
  );
  return clocks.findLast(({ clock }) => clock.endsWith(`/${task}`))?.due?.dueAt;
}

async function askedFor(town: Town, facts: readonly Fact[], task: string): Promise<string | undefined> {
  const tasked = facts.find((fact) => fact.type === 'tasked' && fact.data.task === task);
  const ref = tasked?.type === 'tasked' ? tasked.data.what : undefined;
  const said = ref && (await wordsById(town.db.pool, town.district, [ref.id])).get(ref.id);
  return said === undefined ? undefined : maskText(said).masked;
}

export type LinkStep = {
  readonly step: TaskStep | 'done';
  readonly words?: string;
  readonly way?: 'onSite' | 'phone';
  /** Unique to one sending of the form, so that sending twice does it once. */
  readonly sending: string;
};

/** Carries a step of the task out in the name of the unit's post. Refuses what `openTaskLink` and `act` refuse. */
export async function stepByLink(
  town: Town,
  token: string,
  { step, words, way, sending }: LinkStep,
  now: Instant,
): Promise<Done | Refusal> {
  const seen = await openTaskLink(town, token, now);
  if (isRefusal(seen)) return seen;
  const { link } = seen;
  const c = await caseOf(town, link.caseId);
  if (isRefusal(c)) return c;
  const kind = step === 'done' ? 'finishTask' : 'stepTask';
  const action = Object.values(processOf(town, c).actions).find((one) => one.act === kind);
  if (!action) return refuse('unknown-action', 'The process of this case has no tasks.');
  const input = {
    task: link.task,
    ...(step === 'done' ? {} : { step, ...(way ? { way } : {}) }),
    ...(words ? { words } : {}),
  };
  const commandId = `link/${link.id}/${sending}`;
  const order = { commandId, caseId: link.caseId, action: action.name, by: actorOfLink(town, link), input };
  return await act(town, order, now);
}

/** Who acts by a link: the unit's post, without a person. */
export function actorOfLink(town: Town, { unit }: TaskLinkRow): Actor {
  return { post: postOf(town, unit) ?? unit };
}

const POSTS = ['desk', 'dutyPost', 'head'];

function postOf(town: Town, unit: string): string | undefined {
  const posts = [...town.posts.values()].filter((post) => post.unit === unit);
  for (const kind of POSTS) {
    const found = posts.find((post) => post.kind === kind);
    if (found) return found.code;
  }
  return posts[0]?.code;
}

const NO_LINK: TaskLinkRow = {
  id: '',
  caseId: '' as CaseId,
  task: '',
  unit: '',
  madeAt: 0,
  madeBy: '',
  expiresAt: 0,
  revokedAt: null,
};

function tokenOfLink(town: Town, link: TaskLinkRow): string {
  return `${link.id}.${macOf(town, link)}`;
}

/** 96 bits of HMAC-SHA-256 over everything that the link opens: another task, unit or end has another token. */
function macOf(town: Town, { id, caseId, task, unit, expiresAt }: TaskLinkRow): string {
  const body = JSON.stringify(['task-link', town.district, id, caseId, task, unit, Math.round(expiresAt)]);
  return createHmac('sha256', town.secret).update(body).digest().subarray(0, 12).toString('base64url');
}
