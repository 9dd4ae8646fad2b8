import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@gezhi/basis';
import {
  checkModel,
  type Failure,
  type Finding,
  type ModelFinding,
  type Pack,
  readPack,
  runAcceptance,
} from '@gezhi/scene';
import { checkPowers, comparePowers, type PowerChange, SCENES_DIR } from '@gezhi/town';
import type { Command } from 'commander';
import { listAt, listIn, sayChanges } from '../compare-lists.ts';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';

type Options = CommonOptions & { readonly against?: string };

export function register(program: Command, io: Io): void {
  const command = program
    .command('check')
    .description(
      say(
        io,
        '检查一个场景包：文件、流程模型、验收用例',
        'check a scene pack: its files, its process as a model, its acceptance tests',
      ),
    )
    .argument('<scene>', say(io, '场景名或其文件夹', 'name of a scene, or its folder'))
    .option(
      '--against <ref|folder>',
      say(
        io,
        '与 git 版本或另一文件夹比较权力清单',
        'compare the power list with a git commit, or another folder',
      ),
    )
    .action((scene: string, options: Options) => checkCommand(io, scene, options));
  common(
    command,
    io,
    ['gezhi check hotline', 'gezhi check ./my-scene --json', 'gezhi check hotline --against HEAD~1'],
    false,
  );
}

async function checkCommand(io: Io, scene: string, options: Options): Promise<void> {
  const folder = folderOf(scene);
  const { pack, findings: read } = await readPack(folder);
  const findings = [...read, ...(pack && read.length === 0 ? checkPowers(pack) : [])];
  const failures = pack && findings.length === 0 ? runAcceptance(pack) : [];
  const model = pack && findings.length === 0 ? checkModel(pack) : [];
  const changes = options.against === undefined ? undefined : changesSince(folder, options.against);
  if (findings.length || failures.length || model.some((f) => f.severity === 'error')) io.end(3);
  if (options.json) {
    const passed = pack && findings.length === 0 ? pack.tests.length - failedTests(failures) : 0;
    io.out(
      JSON.stringify({
        scene: pack?.scene.id ?? scene,
        tests: pack?.tests.length ?? 0,
        passed,
        findings,
        failures,
        model,
        ...(changes ? { changes } : {}),
      }),
    );
    return;
  }
  for (const line of sayCheck(io.lang, folder, pack, findings, failures)) io.out(line);
  if (pack && findings.length === 0) for (const line of sayModel(io.lang, model, pack.process)) io.out(line);
  for (const line of changes ? sayChanges(io.lang, changes) : []) io.out(line);
}

/** Who gains and who loses what since another version of the scene's power list. */
function changesSince(folder: string, against: string): readonly PowerChange[] {
  return comparePowers(existsSync(against) ? listIn(against) : listAt(folder, against), listIn(folder));
}

/** The folder of a scene that ships, or the one that is named. */
export function folderOf(scene: string): string {
  const shipped = join(SCENES_DIR, scene);
  if (existsSync(scene)) return scene;
  if (existsSync(shipped)) return shipped;
  throw new Fault('no-such-scene', `There is no scene "${scene}".`, {
    hint: `Name a folder, or one in ${SCENES_DIR}.`,
  });
}

function failedTests(failures: readonly Failure[]): number {
  return new Set(failures.map((failure) => failure.test)).size;
}

/** What a check found, for a person: first what stands wrong in the files, else which tests do not hold. */
export function sayCheck(
  lang: Io['lang'],
  folder: string,
  pack: Pick<Pack, 'tests'> | undefined,
  findings: readonly Finding[],
  failures: readonly Failure[],
): string[] {
  const zh = lang === 'zh';
  if (findings.length) {
    return [
      zh ? `${folder}：有 ${findings.length} 处问题` : `${folder}: ${findings.length} found`,
      ...findings.map((f) => `  ${[f.file, f.key].filter(Boolean).join(' ')}: ${f.problem}. ${f.remedy}`),
    ];
  }
  const tests = pack?.tests.length ?? 0;
  if (failures.length === 0) {
    return [
      zh
        ? `${folder}：无问题，${tests} 个验收用例全部通过`
        : `${folder}: sound, all ${tests} acceptance tests hold`,
    ];
  }
  const failed = failedTests(failures);
  return [
    zh
      ? `${folder}：${tests} 个验收用例中 ${failed} 个未通过`
      : `${folder}: ${failed} of ${tests} acceptance tests do not hold`,
    ...failures.flatMap((f) => [
      `  ${f.test}, ${f.step}`,
      zh ? `    应为 ${f.expected}` : `    expected ${f.expected}`,
      zh ? `    实为 ${f.found}` : `    found    ${f.found}`,
    ]),
  ];
}

/** What the model check found: severity, where, what, how to get there, and how to mend it. */
export function sayModel(
  lang: Io['lang'],
  model: readonly ModelFinding[],
  process: Pack['process'],
): string[] {
  const zh = lang === 'zh';
  if (model.length === 0) return [zh ? '流程模型：未发现问题' : 'process as a model: nothing found'];
  const severities = zh ? { error: '错误', warning: '提醒' } : { error: 'error', warning: 'warning' };
  const nameOf = (action: string): string => process.actions[action]?.label[lang] ?? action;
  return [
    zh ? `流程模型：${model.length} 处` : `process as a model: ${model.length} found`,
    ...model.flatMap(({ severity, spot, problem, remedy, path, code }) => [
      `  ${severities[severity]} [${code}] ${Object.entries(spot)
        .map(([key, name]) => `${key} ${name}`)
        .join(', ')}`,
      `    ${problem[lang]}${zh ? '' : ' '}${remedy[lang]}`,
      ...(path?.length ? [`    ${path.map(nameOf).join(' → ')}`] : []),
    ]),
  ];
}
