/** A group's share in one of two windows: `yes` of `of`. */
export type Part = {
  readonly code: string;
  readonly name: string;
  readonly yes: number;
  readonly of: number;
};

/** How far a group moved the whole, in points of a share (−0.01: the whole is one per cent lower for it). */
export type Driver = {
  readonly code: string;
  readonly name: string;
  readonly moved: number;
  readonly before: Part | undefined;
  readonly now: Part | undefined;
};

/**
 * What made a share of the whole rise or fall between two windows. Each group's part is what its own requests add to the change:
 * its weight now times how it stands to the whole of before, less the same of before. The parts add up to the change (Oaxaca 1973 in its
 * plainest form; nothing is said of causes).
 *
 * @returns the groups by what they moved, the largest fall first; empty where one of the windows has nothing
 */
export function driversOf(before: readonly Part[], now: readonly Part[]): readonly Driver[] {
  const [all0, all1] = [totalOf(before), totalOf(now)];
  if (all0.of === 0 || all1.of === 0) return [];
  const whole = all0.yes / all0.of;
  const byCode = new Map(before.map((part) => [part.code, part]));
  const codes = [...new Set([...before, ...now].map(({ code }) => code))];
  const nowBy = new Map(now.map((part) => [part.code, part]));
  return codes
    .map((code) => {
      const [b, n] = [byCode.get(code), nowBy.get(code)];
      const moved = above(n, whole) / all1.of - above(b, whole) / all0.of;
      return { code, name: (n ?? b)!.name, moved, before: b, now: n };
    })
    .sort((a, b) => a.moved - b.moved || (a.code < b.code ? -1 : 1));
}

/** By how many requests a group stands above what the whole would have made of it. */
function above(part: Part | undefined, whole: number): number {
  return part ? part.yes - part.of * whole : 0;
}

function totalOf(parts: readonly Part[]): { yes: number; of: number } {
  return parts.reduce((sum, { yes, of }) => ({ yes: sum.yes + yes, of: sum.of + of }), { yes: 0, of: 0 });
}
