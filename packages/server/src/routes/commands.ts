import { type CaseId, isRefusal, parseInstant, parseRequestNumber, type Refusal, refuse } from '@gezhi/basis';
import { type Actor, replay } from '@gezhi/cases';
import { actInputs, type FieldError, isHandAct } from '@gezhi/contract';
import { loadFacts } from '@gezhi/storage';
import { act, mayKnow, processOf, refuseUnclaimed, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { badInput, readInput } from '../problems/bad-input.ts';

/** Carries a command out in the name of the token's post. */
export async function sendCommand(turn: Turn<'sendCommand'>): Promise<RouteAnswer | Refusal> {
  const { town, params, body, actor, now, app } = turn;
  if (!actor) return refuse('no-token', 'This is for staff.');
  const caseId = params.id as CaseId;
  const input = await inputFor(turn, caseId, actor);
  if (isRefusal(input)) return input;
  const { commandId, action, expectedSeq, bend } = body;
  const occurredAt = body.occurredAt === undefined ? undefined : parseInstant(body.occurredAt);
  const done = await act(
    town,
    {
      commandId,
      caseId,
      action,
      by: actor,
      input,
      ...(expectedSeq === undefined ? {} : { expectedSeq }),
      ...(occurredAt === undefined ? {} : { occurredAt }),
      ...(bend ? { bend } : {}),
    },
    now,
  );
  if (isRefusal(done)) return done;
  if (done.caseId !== caseId) {
    return refuse('command-id-used', `The command id "${commandId}" was used for another case.`);
  }
  app.writes.count += 1;
  return { status: 200, body: done, headers: { etag: `"${done.seq}-${actor.post}"` } };
}

/** The input as the action's act needs it, with its codes looked up; what only the service can know is filled in here. */
async function inputFor(
  { town, body, language, now }: Turn<'sendCommand'>,
  caseId: CaseId,
  actor: Actor,
): Promise<Record<string, unknown> | Refusal> {
  const first = (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId);
  const c = replay(first ?? []);
  if (!c || !mayKnow(town, c, actor)) return refuse('no-such-case', `There is no case ${caseId} here.`);
  const { actions } = processOf(town, c);
  const kind = actions[body.action]?.act;
  if (!kind) {
    return refuse('unknown-action', `There is no action "${body.action}".`, {
      actions: Object.keys(actions),
    });
  }
  if (!isHandAct(kind)) {
    return refuse(
      'unknown-action',
      `"${body.action}" is not sent as a command: it comes with a signal or a file.`,
    );
  }
  const input = readInput(actInputs[kind], body.input ?? {}, language, 'input');
  if (isRefusal(input)) return input;
  const errors = unknownCodes(town, input as Codes, body.bend?.approver);
  if (errors.length > 0) return badInput(errors);
  const filled = plain(input as Record<string, unknown>, kind === 'link');
  const unclaimed = await refuseUnclaimed(town, actor, { number: filled.number, kind }, now);
  if (unclaimed) return unclaimed;
  // Who checks is told by the token, never by the sender: the powers compare it with who did the work.
  return kind === 'check' ? { ...filled, unit: town.posts.get(actor.post)?.unit ?? '' } : filled;
}

/** Moments and numbers of the wire as the core has them; a number of another system (`isForeign`) stays as it is. */
function plain(input: Readonly<Record<string, unknown>>, isForeign: boolean): Record<string, unknown> {
  const { dueAt, until, number, ...rest } = input;
  return {
    ...rest,
    ...(typeof until === 'string' ? { until: parseInstant(until) } : {}),
    ...(typeof dueAt === 'string' ? { dueAt: parseInstant(dueAt) } : {}),
    ...(typeof number === 'string'
      ? { number: isForeign ? number : (parseRequestNumber(number) ?? number) }
      : {}),
  };
}

type Codes = {
  readonly kind?: string;
  readonly unit?: string;
  readonly lead?: { readonly unit: string; readonly post?: string };
  readonly coUnits?: readonly string[];
  readonly units?: readonly string[];
  readonly proposes?: string;
  readonly of?: string;
  readonly children?: readonly { readonly kind: string; readonly units?: readonly string[] }[];
  readonly place?: { readonly asset?: string };
};

function unknownCodes(town: Town, input: Codes, approver: string | undefined): readonly FieldError[] {
  const errors: FieldError[] = [];
  const ask = (field: string, code: string | undefined, known: { has(code: string): boolean }): void => {
    if (code === undefined || known.has(code)) return;
    errors.push({
      field: `input.${field}`,
      value: code,
      problem: `there is no ${field.split('.').at(-1)} "${code}" here`,
      remedy: 'Send a code of this town: see GET /api/town and GET /api/kinds.',
    });
  };
  ask('kind', input.kind, town.kinds);
  ask('unit', input.unit, town.units);
  ask('lead.unit', input.lead?.unit, town.units);
  ask('lead.post', input.lead?.post, town.posts);
  ask('place.asset', input.place?.asset, town.assets);
  for (const [i, unit] of (input.coUnits ?? []).entries()) ask(`coUnits.${i}`, unit, town.units);
  for (const [i, unit] of (input.units ?? []).entries()) ask(`units.${i}`, unit, town.units);
  ask('proposes', input.proposes, town.units);
  ask('of', input.of, town.units);
  for (const [i, child] of (input.children ?? []).entries()) {
    ask(`children.${i}.kind`, child.kind, town.kinds);
    for (const [j, unit] of (child.units ?? []).entries()) ask(`children.${i}.units.${j}`, unit, town.units);
  }
  if (approver !== undefined && !town.posts.has(approver)) {
    const problem = `there is no post "${approver}" here`;
    errors.push({ field: 'bend.approver', value: approver, problem, remedy: 'Name the post that approves.' });
  }
  return errors;
}
