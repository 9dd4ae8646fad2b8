import { type Case, type ClockRule, clocksOf, type Fact, type Process } from '@gezhi/cases';
import type { ClocksSource } from '../pack-schema.ts';
import { canReach } from './can-reach.ts';
import { type Edge, isEnd, type Model, pathTo } from './explore.ts';
import type { ModelFinding } from './finding.ts';

/** Every clock has a term, starts, can be stopped from wherever it runs, and somebody holds the power to stop it: its owner. */
export function clockRules(model: Model, clocks: Pick<ClocksSource, 'stages'>): readonly ModelFinding[] {
  return model.process.clocks.flatMap((rule) => checkClock(model, rule, clocks));
}

function checkClock(model: Model, rule: ClockRule, { stages }: Pick<ClocksSource, 'stages'>): ModelFinding[] {
  const { process, nodes } = model;
  const findings: ModelFinding[] = [];
  const spot = { clock: rule.name };
  if (stages[rule.stage] === undefined && !rule.stated)
    findings.push({
      code: 'clock-without-term',
      severity: 'error',
      spot,
      problem: { zh: `环节“${rule.stage}”没有时限。`, en: `The stage "${rule.stage}" has no term.` },
      remedy: { zh: '在 clocks.yaml 中写明。', en: 'Give it one in clocks.yaml.' },
    });
  const running = nodes.filter((node) => !isEnd(node) && runs(process, rule, node.case));
  if (running.length === 0) {
    const startsAtAll = nodes.some((node) => node.edges.some((edge) => turns(edge, rule.starts)));
    if (startsAtAll || rule.starts.includes('opened')) return findings;
    findings.push({
      code: 'clock-never-starts',
      severity: 'warning',
      spot,
      problem: { zh: '没有哪一步会启动它。', en: 'Nothing starts it.' },
      remedy: { zh: '改正 starts，或删去这个时钟。', en: 'Mend `starts`, or remove the clock.' },
    });
    return findings;
  }
  if (!model.complete) return findings;
  const canStop = canReach(nodes, (node) => isEnd(node) || !runs(process, rule, node.case));
  const unstoppable = running.find((node) => !canStop.has(node));
  if (unstoppable)
    findings.push({
      code: 'clock-without-stop',
      severity: 'error',
      spot: { ...spot, state: unstoppable.case.state },
      problem: { zh: '从这里起没有哪条路能停住它。', en: 'From here no way stops it.' },
      remedy: { zh: '在 stops 中写上能停住它的事实。', en: 'Name in `stops` a fact that comes after it.' },
      path: pathTo(unstoppable),
    });
  if (!ownerOf(model, rule))
    findings.push({
      code: 'clock-without-owner',
      severity: 'error',
      spot,
      problem: {
        zh: '没有人能用动作停住它，到期了不知道该找谁。',
        en: 'Nobody can stop it by what they do, so there is nobody to tell when it passes.',
      },
      remedy: {
        zh: '让 stops 中至少有一个事实出自某个岗位可做的动作。',
        en: 'Let one of its `stops` be the fact of an action that a post may do.',
      },
    });
  return findings;
}

/**
 * Whoever answers for a clock: the row of the power list that lets somebody do what stops it, seen where it was running. They are told
 * when it passes. `undefined` where nobody can.
 */
function ownerOf({ nodes, process, holders }: Model, rule: ClockRule): string | undefined {
  for (const node of nodes) {
    if (!runs(process, rule, node.case)) continue;
    for (const edge of node.edges) {
      const action = process.actions[edge.action];
      if (!action || !edge.facts.some((f) => f.by.post !== 'system' && isOneOf(rule.stops, f))) continue;
      return holders(action.power, node.case)?.id;
    }
  }
  return undefined;
}

function runs(process: Process, rule: ClockRule, c: Case): boolean {
  return clocksOf(process, c, () => undefined).some(
    (clock) => clock.clock === rule.name && clock.stoppedAt === undefined,
  );
}

function turns({ facts }: Edge, types: readonly string[]): boolean {
  return facts.some((fact) => isOneOf(types, fact));
}

/** A fact turns the case by its name, or by its name and what it is about: `advanced.hearing`. */
function isOneOf(types: readonly string[], { type, data }: Fact): boolean {
  const { step, about } = data as { step?: string; about?: string };
  return types.includes(type) || types.includes(`${type}.${step ?? about}`);
}
