import type { Actor, Case } from '@gezhi/cases';
import { type Town, unitsAbove } from '@gezhi/town';

/** Who takes a step: by what they are to the case, or the desk of a unit by its code. */
export type Role =
  | 'seat'
  | 'dispatcher'
  | 'hotlineHead'
  | 'lead'
  | 'leadHead'
  | 'above'
  | 'decider'
  | 'supervisor'
  | 'checker'
  | 'emergency'
  | { readonly unit: string };

/** Finds the posts of the made-up town that hold the powers the process asks for. Built once a town; a look-up is a few map reads. */
export class Posts {
  readonly #town: Town;
  readonly #byUnit: ReadonlyMap<string, readonly { readonly code: string; readonly kind: string }[]>;
  readonly #sitting: ReadonlyMap<string, Actor>;
  readonly #streets: ReadonlyMap<string, string>;
  readonly #seats: readonly Actor[];
  readonly #checkers: readonly Actor[];
  readonly #checkerFor = new Map<string, Actor>();
  readonly #hotline: string;

  constructor(town: Town) {
    this.#town = town;
    const posts = [...town.posts.values()];
    this.#byUnit = Map.groupBy(posts, (post) => post.unit);
    this.#sitting = new Map(
      town.staff.toReversed().map(({ post, person }): [string, Actor] => [post, { post, person }]),
    );
    const units = [...town.units.values()];
    this.#streets = new Map(
      units.flatMap(({ code, level, kind, place }) =>
        level === 'street' && kind !== 'police' && place ? [[place, code]] : [],
      ),
    );
    this.#hotline = units.find((unit) => unit.kind === 'hotline')!.code;
    const on = (kind: string): Actor[] =>
      posts.filter((post) => post.kind === kind).map((post) => this.sitting(post.code));
    this.#seats = on('seat');
    this.#checkers = on('checker');
  }

  of(role: Role, c: Case): Actor {
    if (typeof role === 'object') return this.#at(role.unit, 'desk');
    switch (role) {
      case 'seat':
        return this.#seats[Number.parseInt(c.caseId.slice(-4), 16) % this.#seats.length]!;
      case 'dispatcher':
        return this.#at(this.#hotline, 'dispatcher');
      case 'hotlineHead':
        return this.#at(this.#hotline, 'head');
      case 'lead':
        return c.lead!.post ? this.sitting(c.lead!.post) : this.#at(c.lead!.unit, 'desk');
      case 'leadHead':
        return this.#at(c.lead!.unit, 'head');
      case 'above':
        return this.#at(this.above(c.lead!.unit)[0]!, 'head');
      case 'decider':
        return this.#at(c.escalatedTo!, 'head');
      case 'supervisor':
        return this.#supervisorOf(c);
      case 'checker':
        return this.#checkerOf(c.lead!.unit);
      case 'emergency':
        return { post: 'emergency' };
    }
  }

  unitOf(actor: Actor): string {
    return this.#town.posts.get(actor.post)!.unit;
  }

  above(unit: string): readonly string[] {
    return unitsAbove(this.#town, unit);
  }

  /** `street`, `department` and so on; nothing for a unit that is none. */
  kindOf(unit: string): string | undefined {
    return this.#town.units.get(unit)?.kind;
  }

  levelOf(unit: string): string | undefined {
    return this.#town.units.get(unit)?.level;
  }

  has(unit: string): boolean {
    return this.#byUnit.has(unit);
  }

  /** The street or town whose ground it is (属地): takes what is nobody's. */
  streetOf(c: Case): string {
    for (const place of c.place.layers.division ?? []) {
      const street = this.#streets.get(place);
      if (street) return street;
    }
    throw new Error(`no street answers for the place ${c.place.code} of case ${c.caseId}`);
  }

  sitting(post: string): Actor {
    return this.#sitting.get(post) ?? { post };
  }

  #at(unit: string, kind: string): Actor {
    const posts = this.#byUnit.get(unit) ?? [];
    const post = posts.find((p) => p.kind === kind) ?? posts[0];
    if (!post) throw new Error(`the unit ${unit} has no post`);
    return this.sitting(post.code);
  }

  #supervisorOf(c: Case): Actor {
    const above = this.above(c.lead!.unit);
    const level = (unit: string): boolean => ['district', 'city'].includes(this.levelOf(unit) ?? '');
    return this.#at(above.find(level)!, 'head');
  }

  /** Somebody who is neither of the lead nor of a unit below it, of a unit above it where there is one. */
  #checkerOf(lead: string): Actor {
    const known = this.#checkerFor.get(lead);
    if (known) return known;
    const above = this.above(lead);
    const independent = this.#checkers.filter((checker) => {
      const unit = this.unitOf(checker);
      return unit !== lead && !this.above(unit).includes(lead);
    });
    const found = independent.find((checker) => above.includes(this.unitOf(checker))) ?? independent[0]!;
    this.#checkerFor.set(lead, found);
    return found;
  }
}
