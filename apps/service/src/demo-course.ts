import { createRandom, type Happening } from '@gezhi/demo';

/**
 * What happens to a matter beside the plain road, in modest shares: drawn from the id of its first report alone, so that history, the
 * living town and a second run agree. Not all of it comes about: a street cannot object to itself, an answered call needs no whistle.
 */
export type Course = {
  readonly objects?: 'upheld' | 'refused' | 'refusedTwice';
  /** A co-unit is asked for its piece, and delivers in time, late, or says why not. */
  readonly asks?: 'inTime' | 'late' | 'refuses';
  readonly extension?: 'granted' | 'refused';
  readonly suspended?: boolean;
  readonly urged?: 'seat' | 'above';
  /** The unit cannot solve it, and the unit above sends it back, gives it to another, or explains. */
  readonly cannot?: 'sentBack' | 'reassigned' | 'explained';
  readonly whistle?: Whistle;
  readonly led?: boolean;
  readonly listed?: boolean;
  readonly excluded?: 'granted' | 'refused';
  /** It is about a unit and how it dealt with somebody, not about a thing. */
  readonly aboutUnit?: boolean;
  /** Where the term ends first, the requester is asked all the same. */
  readonly askedAtTerm: boolean;
  /** Not solved the second time either, and what the third answer is. */
  readonly stillUnsolved: boolean;
  readonly neverSolved: boolean;
};

export type Whistle = {
  readonly kind: 'whistle.hot' | 'whistle.keyWork' | 'whistle.enforcement' | 'whistle.emergency';
  readonly units: 2 | 3;
  /** One of the units does not come, and the district asks it why. */
  readonly refused: boolean;
};

const OBJECTS = 0.05;
const ASKS = 0.16;
const EXTENSION = 0.035;
const SUSPENDED = 0.008;
const URGED = 0.025;
const CANNOT = 0.007;
const WHISTLE = 0.03;
const LED = 0.3;
const LISTED = 0.000_15;
const EXCLUDED = 0.008;
const ABOUT_UNIT = 0.015;

export function courseOf({ id, requestKind, reportedBy }: Happening): Course {
  const random = createRandom(`course/${id}`);
  const { chance } = random;
  const maybe = <T>(probability: number, outcomes: readonly (readonly [T, number])[]): T | undefined =>
    chance(probability) ? random.weighted(outcomes) : undefined;
  const drawn = {
    objects: maybe(OBJECTS, [
      ['upheld', 45] as const,
      ['refused', 40] as const,
      ['refusedTwice', 15] as const,
    ]),
    asks: maybe(ASKS, [['inTime', 70] as const, ['late', 20] as const, ['refuses', 10] as const]),
    extension: maybe(EXTENSION, [['granted', 70] as const, ['refused', 30] as const]),
    suspended: chance(SUSPENDED) || undefined,
    urged: maybe(URGED, [['seat', 80] as const, ['above', 20] as const]),
    cannot: maybe(CANNOT, [
      ['sentBack', 50] as const,
      ['reassigned', 20] as const,
      ['explained', 30] as const,
    ]),
    whistle: maybe(WHISTLE, WHISTLES),
    led: chance(LED) || undefined,
    listed: chance(LISTED) || undefined,
    excluded: maybe(EXCLUDED, [['granted', 65] as const, ['refused', 35] as const]),
    aboutUnit: (chance(ABOUT_UNIT) && requestKind === 'complaint' && !reportedBy) || undefined,
    askedAtTerm: chance(0.6),
    stillUnsolved: chance(0.12),
    neverSolved: chance(0.3),
  };
  return Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)) as Course;
}

const WHISTLES: readonly (readonly [Whistle, number])[] = [
  [{ kind: 'whistle.hot', units: 2, refused: false }, 42],
  [{ kind: 'whistle.hot', units: 3, refused: true }, 8],
  [{ kind: 'whistle.keyWork', units: 3, refused: false }, 22],
  [{ kind: 'whistle.enforcement', units: 3, refused: false }, 20],
  [{ kind: 'whistle.emergency', units: 2, refused: false }, 8],
];
