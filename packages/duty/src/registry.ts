import { Fault, isRefusal } from '@gezhi/basis';
import { type Book, makeBook } from './book.ts';
import { buildCatalogue, type Catalogue, type CatalogueInput } from './catalogue.ts';
import { parseShift, type Shift, type WeekMinute } from './shift.ts';
import { closeReplaced } from './times.ts';
import type { Post, Staffing } from './unit.ts';

export type RegistryInput = CatalogueInput & {
  readonly staffings: readonly Staffing[];
  /** From a moment to the minute of the town's week; `weekMinuteIn('Asia/Shanghai')` makes one. */
  readonly weekMinute: (at: number) => WeekMinute;
};

/** A staffing with its hours read. */
export type Seat = Staffing & { readonly hours: Shift | undefined };

/** The catalogue together with who sits on which post: everything that `whoIsResponsible` reads. */
export type Registry = {
  readonly catalogue: Catalogue;
  /** Staffings by post. */
  readonly seats: Book<Seat>;
  /** Posts by the unit they belong to, and by the post they stand in for. */
  readonly postsOfUnit: Book<Post>;
  readonly deputiesOf: Book<Post>;
  readonly weekMinute: (at: number) => WeekMinute;
};

/** @throws Fault `bad-shift` with the record's position, and those of `buildCatalogue` */
export function buildRegistry(input: RegistryInput): Registry {
  const seats = closeReplaced('staffings', input.staffings).map((staffing, row) => ({
    ...staffing,
    replaces: undefined,
    hours: hoursOf(staffing, row),
  }));
  const posts = closeReplaced('posts', input.posts).map((post) => ({ ...post, replaces: undefined }));
  const deputies = posts.filter((post) => post.deputyOf !== undefined);
  return {
    catalogue: buildCatalogue(input),
    seats: makeBook('staffings', seats, (seat) => seat.post),
    postsOfUnit: makeBook('posts', posts, (post) => post.unit),
    deputiesOf: makeBook('posts', deputies, (post) => post.deputyOf ?? ''),
    weekMinute: input.weekMinute,
  };
}

function hoursOf(staffing: Staffing, row: number): Shift | undefined {
  if (staffing.shift === undefined || staffing.shift === '') return undefined;
  const shift = parseShift(staffing.shift);
  if (isRefusal(shift)) throw new Fault('bad-shift', `staffings, record ${row + 1}: ${shift.because}`);
  return shift;
}
