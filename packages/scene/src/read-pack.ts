import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRefusal } from '@gezhi/basis';
import type { Process } from '@gezhi/cases';
import { type PowerTable, readPowerTable } from '@gezhi/powers';
import { Document, isCollection, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { compileProcess, type Finding } from './compile-process.ts';
import { type Guide, readGuide } from './guide.ts';
import { unknownHolders } from './known-holders.ts';
import { type Notices, readNotices } from './notices.ts';
import {
  type ClocksSource,
  clocksSchema,
  type KindSource,
  kindSchema,
  powersSchema,
  processSchema,
  type SceneSource,
  sceneSchema,
  type TestSource,
  testSchema,
} from './pack-schema.ts';
import { type PurposeSource, readPurposes } from './purposes.ts';
import { readUrgentFile, type Urgent } from './urgent-rules.ts';

/** A scene pack that was read and checked: safe to run where `findings` is empty. */
export type Pack = {
  readonly scene: SceneSource;
  readonly kinds: readonly KindSource[];
  readonly process: Process;
  readonly clocks: ClocksSource;
  readonly powers: PowerTable;
  readonly tests: readonly TestSource[];
  readonly notices: Notices;
  /** Which words tell of danger now; nothing where the scene has no `urgent.yaml`. */
  readonly urgent: Urgent;
  /** What somebody can apply for; nothing where the scene has no `guide.yaml`. */
  readonly guide: Guide;
  /** Why somebody may look at what identifies a resident; nothing where the scene has no `purposes.yaml`. */
  readonly purposes: readonly PurposeSource[];
};

export type ReadPack = { readonly pack?: Pack; readonly findings: readonly Finding[] };

/**
 * Reads the five files of a pack (`scene`, `kinds`, `process`, `clocks`, `powers`, each `.yaml`) and its `tests.yaml`. Everything
 * wrong is found in one go, each with file, key and remedy. `pack` is absent where a file could not be understood at all.
 */
export async function readPack(folder: string): Promise<ReadPack> {
  const findings: Finding[] = [];
  const read = <T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> =>
    readYaml(join(folder, file), file, schema, findings);
  const [scene, kinds, source, clocks, list, tests, notices, urgent, purposes, guide] = await Promise.all([
    read('scene.yaml', sceneSchema),
    read('kinds.yaml', kindSchema.array().min(1)),
    read('process.yaml', processSchema),
    read('clocks.yaml', clocksSchema),
    read('powers.yaml', powersSchema),
    read('tests.yaml', testSchema.array().min(1)),
    readNotices(folder, findings),
    readUrgentFile(folder, findings),
    readPurposes(folder, findings),
    readGuide(folder, findings),
  ]);
  const powers = list && readPowerTable(list);
  if (isRefusal(powers)) {
    findings.push({
      file: 'powers.yaml',
      key: '',
      problem: powers.because,
      remedy: MEND_ROW,
    });
  }
  if (!scene || !kinds || !source || !clocks || !powers || !tests || isRefusal(powers)) return { findings };
  const written = await readCedar(folder);
  const compiled = compileProcess(scene, source);
  findings.push(...compiled.findings, ...crossChecks(kinds, compiled.process, clocks, powers));
  return {
    pack: {
      scene,
      kinds,
      process: compiled.process,
      clocks,
      tests,
      notices,
      urgent,
      purposes,
      guide,
      powers: written === undefined ? powers : { ...powers, cedar: written },
    },
    findings,
  };
}

/** Policies that the scene wrote in Cedar beside its rows, where it did. */
async function readCedar(folder: string): Promise<string | undefined> {
  const path = join(folder, 'powers.cedar');
  return existsSync(path) ? await readFile(path, 'utf8') : undefined;
}

async function readYaml<T>(
  path: string,
  file: string,
  schema: z.ZodType<T>,
  findings: Finding[],
): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    findings.push({
      file,
      key: '',
      problem: `it cannot be read: ${(error as Error).message}`,
      remedy: 'A pack has this file.',
    });
    return undefined;
  }
  return parseYaml(text, file, schema, findings);
}

function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>, findings: Finding[]): T | undefined {
  const document = parseDocument(text, { prettyErrors: true });
  for (const error of document.errors)
    findings.push({ file, key: '', problem: error.message, remedy: 'Mend the YAML.' });
  if (document.errors.length) return undefined;
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    findings.push({
      file,
      key: issue.path.join('.'),
      problem: issue.message,
      remedy: 'See docs/scenes.md for this key.',
    });
  }
  return undefined;
}

function crossChecks(
  kinds: readonly KindSource[],
  process: Process,
  clocks: ClocksSource,
  powers: Pack['powers'],
): readonly Finding[] {
  const findings: Finding[] = [];
  const codes = new Set<string>();
  for (const { code } of kinds) {
    if (codes.has(code))
      findings.push({
        file: 'kinds.yaml',
        key: code,
        problem: 'the code stands twice',
        remedy: 'Codes are unique.',
      });
    codes.add(code);
  }
  for (const rule of [...process.clocks, ...(process.taskClocks ?? [])]) {
    if ('stated' in rule && rule.stated) continue;
    const stage = clocks.stages[rule.stage];
    if (!stage) {
      findings.push({
        file: 'clocks.yaml',
        key: `stages.${rule.stage}`,
        problem: `the clock "${rule.name}" has no term`,
        remedy: 'Add the stage.',
      });
      continue;
    }
    for (const { code, urgency } of kinds) {
      if (typeof stage === 'string' || stage[urgency]) continue;
      findings.push({
        file: 'clocks.yaml',
        key: `stages.${rule.stage}.${urgency}`,
        problem: `kind "${code}" is "${urgency}", which has no term here`,
        remedy: 'Add the class, or give the kind another urgency.',
      });
    }
  }
  return [...findings, ...listFindings(process, powers)];
}

/** What is wrong with a list beside the process that it is for: powers that nobody holds, holders that no town has. */
function listFindings(process: Process, powers: PowerTable): readonly Finding[] {
  const held = (power: string): boolean =>
    powers.permits.some((row) => row.powers.includes(power) || row.powers.includes('*'));
  const unheld = Object.values(process.actions)
    .filter((action) => !held(action.power))
    .map((action) => ({
      file: 'powers.yaml',
      key: action.power,
      problem: `nobody holds the power "${action.power}", which the action "${action.name}" needs`,
      remedy: 'Add a row that permits it to somebody, or remove the action.',
    }));
  return [...unheld, ...systemPowers(process, powers), ...unknownHolders(powers)];
}

/**
 * A pack with another power list, written as `powers.yaml` is; what it wrote in Cedar stays. `pack` is absent where the text cannot be
 * understood at all.
 */
export function packWithList(pack: Pack, yaml: string): ReadPack {
  const findings: Finding[] = [];
  const list = parseYaml(yaml, 'powers.yaml', powersSchema, findings);
  if (!list) return { findings };
  const powers = readPowerTable(list);
  if (isRefusal(powers))
    return { findings: [{ file: 'powers.yaml', key: '', problem: powers.because, remedy: MEND_ROW }] };
  const { cedar } = pack.powers;
  return {
    pack: { ...pack, powers: cedar === undefined ? powers : { ...powers, cedar } },
    findings: listFindings(pack.process, powers),
  };
}
const MEND_ROW = 'Mend the row; see docs/scenes.md.';

/** A power list as `powers.yaml` writes it, prohibitions first. */
export function listAsYaml({ permits, forbids }: PowerTable): string {
  const rows = [...forbids, ...permits].map(({ id, effect, powers, relation, basis, text, ...lists }) => ({
    id,
    effect,
    power: powers,
    ...(relation === 'any' ? {} : { relation }),
    ...lists,
    basis,
    text,
  }));
  const document = new Document(rows);
  visit(document, {
    Pair: (_key, { value }) => {
      if (isCollection(value)) value.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** What the process does by itself is done by the post `system`, which needs the power for it as everybody does. */
function systemPowers(process: Process, powers: PowerTable): readonly Finding[] {
  const names = new Set(process.automatics.map((a) => process.actions[a.action]?.power));
  return [...names].flatMap((power) => {
    if (power === undefined) return [];
    const held = powers.permits.some(
      (row) =>
        row.relation === 'any' &&
        row.during === undefined &&
        (row.roles?.includes('system') ?? false) &&
        (row.powers.includes(power) || row.powers.includes('*')),
    );
    if (held) return [];
    return [
      {
        file: 'powers.yaml',
        key: power,
        problem: `the process uses the power "${power}" by itself, but the role "system" does not hold it`,
        remedy: 'Add it to a row with `roles: [system]`.',
      },
    ];
  });
}
