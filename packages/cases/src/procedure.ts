import type { Application } from './case.ts';
import type { Fact, FactType } from './fact.ts';
import { askAgain, changeVoice, flag, type Open, unflag } from './fold-tools.ts';

/**
 * The facts of procedure: what was applied for and ruled on, handed off, suspended, escalated, urged and rated. Each is there for a
 * right or a duty of somebody (docs/law.md names the articles); the plain road from report to answer does without them.
 */
const PROCEDURE = [
  'advanced',
  'huddled',
  'concerned',
  'handedOff',
  'acknowledged',
  'applied',
  'ruled',
  'extended',
  'suspended',
  'resumed',
  'urged',
  'escalated',
  'leaderTook',
  'taskStepped',
  'rated',
  'callbackTried',
  'childEnded',
] as const satisfies readonly FactType[];

type Procedure = Extract<Fact, { type: (typeof PROCEDURE)[number] }>;

const KNOWN: ReadonlySet<string> = new Set(PROCEDURE);

export function isProcedure(fact: Fact): fact is Procedure {
  return KNOWN.has(fact.type);
}

/** Folds one of them into a case that its maker still writes on. */
export function foldProcedure(c: Open, fact: Procedure): Open {
  switch (fact.type) {
    case 'advanced':
    case 'huddled':
      return c;
    case 'concerned':
      c.against = [...new Set([...(c.against ?? []), ...fact.data.units])];
      return c;
    case 'handedOff':
      c.handedOff = [...new Set([...(c.handedOff ?? []), fact.data.to])];
      if (c.acknowledged) c.acknowledged = c.acknowledged.filter((to) => to !== fact.data.to);
      return flag(c, 'danger');
    case 'acknowledged':
      return acknowledged(c, fact);
    case 'applied':
      return applied(c, fact);
    case 'ruled':
      return ruled(c, fact);
    case 'extended':
      c.extension = fact.data.due;
      return flag(c, 'extended');
    case 'suspended':
      return flag(c, 'suspended');
    case 'resumed':
      return unflag(c, 'suspended');
    default:
      return foldPressure(c, fact);
  }
}

type Pressure = Extract<
  Procedure,
  { type: 'urged' | 'escalated' | 'leaderTook' | 'taskStepped' | 'rated' | 'callbackTried' | 'childEnded' }
>;

function foldPressure(c: Open, fact: Pressure): Open {
  switch (fact.type) {
    case 'urged':
      c.urgedAt = { ...c.urgedAt, [fact.data.unit]: fact.occurredAt };
      return c;
    case 'escalated':
      return escalated(c, fact);
    case 'leaderTook':
      c.leader = { unit: fact.data.unit, post: fact.data.post };
      return flag(c, 'led');
    case 'taskStepped': {
      const { task, step } = fact.data;
      c.tasks = c.tasks.map((t) =>
        t.task === task ? { ...t, steps: { ...t.steps, [step]: fact.occurredAt } } : t,
      );
      return c;
    }
    case 'rated': {
      const { by, of, marks } = fact.data;
      c.ratings = [...(c.ratings ?? []).filter((r) => r.by !== by || r.of !== of), { by, of, marks }];
      return c;
    }
    case 'callbackTried': {
      const { number, way } = fact.data;
      const tries = c.voices[number]?.tries ?? [];
      return changeVoice(c, number, { tries: [...tries, { at: fact.occurredAt, way }] });
    }
    case 'childEnded': {
      c.endedChildren = [...(c.endedChildren ?? []), fact.data.child];
      return fact.data.raises ? unflag(c, fact.data.raises) : c;
    }
  }
}

function acknowledged(c: Open, fact: Fact<'acknowledged'>): Open {
  c.acknowledged = [...(c.acknowledged ?? []), fact.data.to];
  return (c.handedOff ?? []).every((to) => c.acknowledged?.includes(to)) ? unflag(c, 'danger') : c;
}

function applied(c: Open, fact: Fact<'applied'>): Open {
  const { to: _to, phase: _phase, ...data } = fact.data;
  const before = { to: c.state, phase: c.phase };
  const application: Application = { ...data, at: fact.occurredAt, by: fact.by, before };
  c.applications = [...(c.applications ?? []), application];
  return fact.data.about === 'objection' ? flag(c, 'objected') : c;
}

function ruled(c: Open, fact: Fact<'ruled'>): Open {
  const { application, granted, about } = fact.data;
  c.applications = (c.applications ?? []).map((a) =>
    a.application === application ? { ...a, ruled: { at: fact.occurredAt, granted, by: fact.by } } : a,
  );
  return about === 'objection' ? unflag(c, 'objected') : c;
}

/** The unit above takes the matter up: whoever was asked before is asked again when it is done. */
function escalated(c: Open, fact: Fact<'escalated'>): Open {
  c.escalatedTo = fact.data.unit;
  c.escalations = (c.escalations ?? 0) + 1;
  const { outcome: _outcome, ...rest } = askAgain(c, Number.POSITIVE_INFINITY);
  return flag(rest, 'escalated');
}

/** The applications that nobody has ruled on yet. */
export function pendingOf(applications: readonly Application[] | undefined): readonly Application[] {
  return (applications ?? []).filter((a) => !a.ruled);
}
