import { isRefusal, MINUTE, mintCaseId, type Refusal } from '@gezhi/basis';
import {
  type Action,
  type Actor,
  type Case,
  type Command,
  type Context,
  type Decision,
  decide,
  type Fact,
  type FactType,
  isFrom,
  isOpenPhase,
  open,
  type Process,
  passDeadlines,
} from '@gezhi/cases';
import type { PowerTable } from '@gezhi/powers';
import { type Holders, holdersOf, systemMay } from './holders.ts';
import { keyOf } from './key-of.ts';
import { SAMPLE_BEND, type SampleInputs, SOMETHING_OF_ALL, sampleVoice } from './sample-inputs.ts';
import { type Reads, type Watched, watchGuards } from './watch-guards.ts';

/** A situation that a case can come into, the first way found to it, and the ways on. */
export type Node = {
  readonly id: number;
  readonly case: Case;
  /** Whether its requesters were told an answer since the case was last reopened. */
  readonly told: boolean;
  readonly before?: { readonly node: Node; readonly action: string };
  readonly edges: Edge[];
};

export type Edge = {
  readonly action: string;
  readonly to: Node;
  readonly facts: readonly Fact[];
  readonly bent: boolean;
};

/** All that a process can do, as far as it was tried. */
export type Model = {
  readonly process: Process;
  readonly nodes: readonly Node[];
  readonly watched: Watched;
  readonly holders: Holders;
  /** States that a case came through, those that it left by itself at once included. */
  readonly visited: ReadonlySet<string>;
  /** What was possible at least once. */
  readonly done: ReadonlySet<string>;
  readonly circles: ReadonlyMap<string, Node | undefined>;
  readonly complete: boolean;
};

export type Limits = {
  readonly kinds: readonly string[];
  readonly nodesMax: number;
  /** What the scene says of a kind, for its conditions. */
  readonly traits: (kind: string) => readonly string[];
  /** Whether somebody asks in its cases, or they are parts of others: led from the start, or not. */
  readonly begin: keyof typeof BEGINNINGS;
};

type Way = readonly [kind: string, because: 'none' | 'proposed' | 'stated', place: string, clear: boolean];

const BEGINNINGS = {
  asked: [
    { voice: sampleVoice(1) },
    {},
    { voice: sampleVoice(1), signs: [{ rule: 'a-sign', to: '110' as const }] },
  ],
  led: [{ lead: { unit: 'a-unit' } }],
  unled: [{}],
};

const TOLD: ReadonlySet<FactType> = new Set<FactType>(['answered', 'referred', 'declined']);
const NOON = Date.UTC(2026, 4, 6, 4);
const MUCH_LATER = NOON + 600 * 24 * 60 * MINUTE;

/**
 * Plays a process on the kernel itself: from every way a case can open, everything that somebody may do, with every result of it, until
 * nothing new comes. Two situations are one where `keyOf` says so; where a condition reads a field that the key did not hold, it is
 * played again with that field in it. Cost: tens of microseconds an attempt; a scene has some thousands of situations.
 */
export function explore(process: Process, powers: PowerTable, inputs: SampleInputs, limits: Limits): Model {
  let reads: Reads = { fields: new Set(), flags: new Set(), kinds: kindsOfRows(powers, limits.kinds) };
  for (;;) {
    const explorer = new Explorer(process, powers, inputs, limits, reads);
    const model = explorer.run();
    if (!explorer.learnt) return model;
    const { fields, flags, kinds } = model.watched.reads;
    reads = {
      fields: new Set([...reads.fields, ...fields]),
      flags: new Set([...reads.flags, ...flags]),
      kinds: new Set([...reads.kinds, ...kinds]),
    };
  }
}

/** The first kind that each row of the power list speaks of by name. */
function kindsOfRows({ permits, forbids }: PowerTable, kinds: readonly string[]): ReadonlySet<string> {
  const patterns = [...permits, ...forbids].flatMap((row) => row.kinds ?? []);
  const first = patterns.map((pattern) =>
    kinds.find((kind) => kind === pattern || (pattern.endsWith('.') && `${kind}.`.startsWith(pattern))),
  );
  return new Set(first.filter((kind) => kind !== undefined));
}

class Explorer {
  readonly #process: Process;
  readonly #powers: PowerTable;
  readonly #inputs: SampleInputs;
  readonly #limits: Limits;
  /** One kind that stands for all, and those that are treated otherwise. */
  readonly #kinds: readonly string[];
  readonly #reads: Reads;
  readonly #watched: Watched;
  readonly #holders: Holders;
  readonly #known = new Map<string, Node>();
  readonly #nodes: Node[] = [];
  readonly #visited = new Set<string>();
  readonly #done = new Set<string>();
  /** Situations that the key does not tell from one before: something was noted, urged or handed on. */
  readonly #likeBefore: Node[] = [];
  readonly #circles = new Map<string, Node | undefined>();

  constructor(process: Process, powers: PowerTable, inputs: SampleInputs, limits: Limits, reads: Reads) {
    this.#watched = watchGuards(process, { codes: limits.kinds, traits: limits.traits });
    this.#process = this.#watched.process;
    this.#powers = powers;
    this.#inputs = inputs;
    this.#limits = limits;
    this.#kinds = [...new Set([...limits.kinds.slice(0, 1), ...reads.kinds])];
    this.#reads = reads;
    this.#holders = holdersOf(powers);
  }

  /** Whether a condition depended on something that the key does not hold yet. */
  get learnt(): boolean {
    const { fields, flags, kinds } = this.#watched.reads;
    return (
      [...fields].some((field) => !this.#reads.fields.has(field)) ||
      [...flags].some((flag) => !this.#reads.flags.has(flag)) ||
      [...kinds].some((kind) => !this.#reads.kinds.has(kind))
    );
  }

  run(): Model {
    for (const opening of this.#openings()) this.#reach(opening, undefined);
    for (let i = 0; i < this.#nodes.length && i < this.#limits.nodesMax && !this.learnt; i += 1) {
      this.#expand(this.#nodes[i]!);
      if (i === this.#nodes.length - 1) this.#tryTheRest();
    }
    return {
      process: this.#process,
      nodes: this.#nodes,
      watched: this.#watched,
      holders: this.#holders,
      visited: this.#visited,
      done: this.#done,
      circles: this.#circles,
      complete: this.#nodes.length <= this.#limits.nodesMax,
    };
  }

  /** Every way a case can begin: asked for or found, its kind said, guessed or not known, its place known or not, its unit clear or not. */
  *#openings(): Iterable<Decision> {
    const [first = 'unknown'] = this.#kinds;
    const ways: readonly Way[] = [
      ['unknown', 'none', 'unknown', true],
      [first, 'proposed', 'somewhere', true],
      [first, 'stated', 'unknown', true],
      [first, 'stated', 'somewhere', false],
      ...this.#kinds.map((kind): Way => [kind, 'stated', 'somewhere', true]),
    ];
    for (const [kind, kindBecause, place, clear] of ways) {
      for (const begun of BEGINNINGS[this.#limits.begin]) {
        const opened = open(
          this.#process,
          {
            district: 'model',
            caseId: mintCaseId(NOON, new Uint8Array(10)),
            by: { post: 'intake' },
            cause: 'model',
            openedAt: NOON,
            kind,
            kindBecause,
            place: { code: place, layers: {} },
            ...begun,
          },
          this.#world(NOON, clear).context,
        );
        if (isRefusal(opened)) this.#refused(opened, undefined);
        else yield opened;
      }
    }
  }

  #expand(node: Node): void {
    for (const action of Object.values(this.#process.actions)) {
      if (!isFrom(action, node.case) || !this.#holders(action.power, node.case)) continue;
      if (action.act === 'merge') this.#merge(action);
      else if (action.act === 'unmerge') this.#done.add(action.name);
      else for (const input of this.#inputsOf(action, node.case)) this.#attempt(node, action, input);
    }
    const late = passDeadlines(this.#process, node.case, this.#world(MUCH_LATER, true).context);
    if (late.facts.length) this.#link(node, 'deadline', late, false);
  }

  /** What was never possible may be possible after something that the key does not tell: an acknowledgement after a hand-off. */
  #tryTheRest(): void {
    const nodes = this.#likeBefore.splice(0);
    for (const action of Object.values(this.#process.actions)) {
      for (const node of nodes) {
        if (this.#done.has(action.name)) break;
        if (!isFrom(action, node.case) || !this.#holders(action.power, node.case)) continue;
        for (const input of this.#inputsOf(action, node.case)) this.#attempt(node, action, input);
      }
    }
  }

  #inputsOf(action: Action, c: Case): readonly object[] {
    return this.#inputs[action.act]?.(c, this.#kinds, action) ?? SOMETHING_OF_ALL;
  }

  /** Merging touches two cases; what the model needs of it is that this one rests in the merged state, its voices gone elsewhere. */
  #merge(action: Action): void {
    this.#done.add(action.name);
    if (this.#process.merged !== undefined) this.#visited.add(this.#process.merged);
  }

  /** Tries it now and, where a condition said no, much later and with a reason; with nobody clear too, where that was asked. */
  #attempt(node: Node, action: Action, input: object): void {
    for (const clear of [true, false]) {
      const world = this.#world(NOON, clear);
      let answer = this.#decide(node.case, action, input, world.context, false);
      let bent = false;
      if (isRefusal(answer) && answer.code === 'guard') {
        const later = this.#decide(node.case, action, input, this.#world(MUCH_LATER, clear).context, false);
        bent = isRefusal(later);
        answer = bent ? this.#decide(node.case, action, input, world.context, true) : later;
      }
      if (isRefusal(answer)) this.#refused(answer, node);
      else this.#link(node, action.name, answer, bent);
      if (!world.asked()) return;
    }
  }

  #decide(c: Case, action: Action, input: object, context: Context, bend: boolean): Decision | Refusal {
    const command: Command = {
      commandId: 'model',
      action: action.name,
      by: { post: action.name },
      input: input as Command['input'],
      ...(bend ? { bend: SAMPLE_BEND } : {}),
    };
    return decide(this.#process, c, command, context);
  }

  #refused(refusal: Refusal, node: Node | undefined): void {
    if (refusal.code !== 'runs-in-circles') return;
    const state = String(refusal.details?.state ?? node?.case.state ?? this.#process.initial);
    if (!this.#circles.has(state)) this.#circles.set(state, node);
  }

  #link(from: Node, action: string, decision: Decision, bent: boolean): void {
    const to = this.#reach(decision, { node: from, action });
    if (to === from)
      this.#likeBefore.push({ ...to, case: decision.after, before: { node: from, action }, edges: [] });
    from.edges.push({ action, to, facts: decision.facts, bent });
    this.#done.add(action);
  }

  #reach({ facts, after }: Decision, before: Node['before']): Node {
    const told = toldAfter(before?.node.told ?? false, facts);
    for (const fact of facts) {
      const { to } = fact.data as { to?: string };
      if (to !== undefined) this.#visited.add(to);
    }
    const key = keyOf(this.#process, after, this.#reads, told, this.#limits.traits);
    let node = this.#known.get(key);
    if (!node) {
      node = { id: this.#nodes.length, case: after, told, ...(before ? { before } : {}), edges: [] };
      this.#known.set(key, node);
      this.#nodes.push(node);
    }
    return node;
  }

  #world(now: number, clear: boolean): { context: Context; asked: () => boolean } {
    let asked = false;
    const because = [{ code: 'model' }];
    const route = clear
      ? {
          lead: { unit: 'a-unit' },
          coUnits: [],
          basis: 'a law',
          because,
          reads: ['kind', 'place'],
          catalogue: 'model',
        }
      : { unclear: true as const, because, reads: ['kind', 'place'] };
    const context = {
      kind: (code: string) => ({ traits: this.#limits.traits(code) }),
      above: (unit: string) => (unit === 'a-unit' ? ['unit-above'] : []),
      unitOf: () => 'a-unit',
      now,
      may: (power: string, c: Case, by: Actor) => ({
        allowed:
          by.post === 'system' ? systemMay(this.#powers, power, c) : this.#holders(power, c) !== undefined,
        because: { code: 'model' },
      }),
      due: (_clock: string, _case: Case, startedAt: number) => ({
        dueAt: startedAt + MINUTE,
        term: '1min',
        profile: 'model',
        calendar: 'model',
      }),
      route: () => {
        asked = true;
        return route;
      },
    };
    return { context, asked: () => asked };
  }
}

function toldAfter(before: boolean, facts: readonly Fact[]): boolean {
  let told = before;
  for (const { type } of facts) {
    if (type === 'reopened') told = false;
    if (TOLD.has(type)) told = true;
  }
  return told;
}

/** The actions that lead to a situation, from the opening on. */
export function pathTo(node: Node): readonly string[] {
  const path: string[] = [];
  for (let at: Node | undefined = node; at?.before; at = at.before.node) path.unshift(at.before.action);
  return path;
}

/** Whether a situation is an end of its matter here; a merged case goes on elsewhere. */
export function isEnd({ case: c }: Node): boolean {
  return !isOpenPhase(c.phase);
}
