import { type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { type Share, share } from '@gezhi/measures';
import { addThemePart, isConflict, type ThemePart, type ThemePartRow, themeParts } from '@gezhi/storage';
import { mayEdition } from '../editions/may-edition.ts';
import type { Town } from '../town.ts';

/**
 * One part of a month's theme (每月一题) as it is written: the theme itself, a problem of it, a task or a policy output under a problem, a
 * public survey. Written again under its id, it says how it stands now. Titles are public words of an office, never a resident's.
 */
export type ThemePartInput = {
  readonly theme: string;
  readonly part: ThemePart;
  readonly id: string;
  /** Of a task and an output: the problem. */
  readonly under?: string;
  readonly data: ThemeData;
};

export type ThemeData = {
  readonly title: string;
  /** Of a theme. */
  readonly month?: string;
  /** Of a problem and a task: the code of the unit that leads. */
  readonly lead?: string;
  /** Of a task: days, as 2026-06-30. */
  readonly due?: string;
  readonly doneOn?: string;
  /** Of an output: where it can be read. */
  readonly link?: string;
  /** Of a survey: how many were asked, how many were satisfied. */
  readonly asked?: number;
  readonly satisfied?: number;
};

type Item = { readonly id: string; readonly at: Instant } & ThemeData;
export type ThemeProblem = Item & { readonly tasks: readonly Item[]; readonly outputs: readonly Item[] };

/** A theme with all that is under it, and how far it is: counts, no mark. */
export type Theme = Item & {
  readonly problems: readonly ThemeProblem[];
  readonly surveys: readonly (Item & { readonly share: Share | null })[];
  readonly tasks: { readonly done: number; readonly all: number };
  readonly outputs: number;
};

/** Every theme of a district as it stands, the newest month first. Open to everybody. */
export async function listThemes(town: Town): Promise<readonly Theme[]> {
  const rows = await themeParts(town.db.pool, town.district);
  return [...Map.groupBy(rows, ({ theme }) => theme).values()].map(themeOf).reverse();
}

/** Writes a part, by a district or city post (`theme.write`). Two writers at once: the later is refused as `stale`. */
export async function writeThemePart(
  town: Town,
  input: ThemePartInput,
  by: Actor,
  now: Instant,
): Promise<Theme | Refusal> {
  const holds = mayEdition(town, 'theme.write', by);
  if (isRefusal(holds)) return holds;
  const rows = await themeParts(town.db.pool, town.district, input.theme);
  const wrong = wrongIn(town, input, rows);
  if (wrong) return wrong;
  const { theme, part, id, under = null, data } = input;
  const before = rows.find((row) => row.part === part && row.id === id);
  const version = (before?.version ?? 0) + 1;
  const row: ThemePartRow = {
    theme,
    part,
    id,
    version,
    at: now,
    post: by.post,
    person: by.person ?? null,
    under,
    data,
  };
  try {
    await addThemePart(town.db.pool, town.district, row);
  } catch (error) {
    if (!isConflict(error)) throw error;
    return refuse('stale', 'Somebody else has just written this; look again.');
  }
  return themeOf([...rows.filter((other) => other !== before), row]);
}

const DAY_TEXT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

function wrongIn(town: Town, input: ThemePartInput, rows: readonly ThemePartRow[]): Refusal | undefined {
  const { theme, part, id, under, data } = input;
  if (part === 'theme' ? id !== theme : !rows.some((row) => row.part === 'theme')) {
    return refuse('no-such-theme', `There is no theme ${theme} yet; write it first, under its own id.`);
  }
  const needsProblem = part === 'task' || part === 'output';
  if (needsProblem && !rows.some((row) => row.part === 'problem' && row.id === under)) {
    return refuse('nothing-above', 'A task or an output stands under a problem of the theme.', { under });
  }
  const { lead, due, doneOn, asked, satisfied } = data;
  if (lead !== undefined && !town.units.has(lead)) {
    return refuse('no-such-unit', `There is no unit ${lead}.`, { lead });
  }
  if (part === 'task' && (lead === undefined || due === undefined)) {
    return refuse('task-incomplete', 'A task names its lead unit and the day it is due.');
  }
  if ([due, doneOn].some((day) => day !== undefined && !DAY_TEXT.test(day))) {
    return refuse('bad-day', 'A day is written 2026-06-30.', { due, doneOn });
  }
  if (part === 'survey' && !isSurvey(asked, satisfied)) {
    return refuse('bad-survey', 'A survey says how many were asked, and how many of them were satisfied.');
  }
  return undefined;
}

function isSurvey(asked = -1, satisfied = -1): boolean {
  return (
    Number.isSafeInteger(asked) && Number.isSafeInteger(satisfied) && 0 <= satisfied && satisfied <= asked
  );
}

function themeOf(rows: readonly ThemePartRow[]): Theme {
  const items = (part: ThemePart, under?: string): Item[] =>
    rows
      .filter((row) => row.part === part && (under === undefined || row.under === under))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, at, data }) => ({ id, at, ...(data as ThemeData) }));
  const problems = items('problem').map((problem) => ({
    ...problem,
    tasks: items('task', problem.id),
    outputs: items('output', problem.id),
  }));
  const tasks = problems.flatMap((problem) => problem.tasks);
  const surveys = items('survey').map((survey) => ({
    ...survey,
    share: share(survey.satisfied ?? 0, survey.asked ?? 0, 1.96),
  }));
  const done = tasks.filter(({ doneOn }) => doneOn !== undefined).length;
  return {
    ...items('theme')[0]!,
    problems,
    surveys,
    tasks: { done, all: tasks.length },
    outputs: problems.reduce((sum, problem) => sum + problem.outputs.length, 0),
  };
}
