import type { FolderProblem, TownImport } from '@gezhi/town';
import type { Lang } from '../io.ts';
import { whole } from './numbers.ts';
import { table } from './table.ts';

const SORTS: Readonly<Record<string, string>> = {
  place: '地点',
  line: '线路段',
  unit: '单位',
  post: '岗位',
  staff: '任职',
  roster: '值班表',
  duty: '职责',
  asset: '部件',
  kind: '类别',
};

/** What importing a town did or would do, and what is wrong or missing, the same things together. */
export function sayTownImport(lang: Lang, result: TownImport, isDryRun: boolean): string[] {
  return [
    sayWhat(lang === 'zh', result, isDryRun),
    ...changes(lang, result),
    ...sayProblems(lang, result.problems),
  ];
}

function sayWhat(zh: boolean, { district, imported, problems }: TownImport, isDryRun: boolean): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (imported) return zh ? `${district}：已导入` : `${district}: imported`;
  if (errors) {
    return zh
      ? `${district}：有 ${whole(errors)} 处错误，未作任何改动`
      : `${district}: ${whole(errors)} errors, nothing was changed`;
  }
  if (isDryRun)
    return zh ? `${district}：试运行，未作任何改动` : `${district}: a dry run, nothing was changed`;
  return zh ? `${district}：未导入` : `${district}: not imported`;
}

function changes(lang: Lang, { added, changed, gone }: TownImport): string[] {
  const zh = lang === 'zh';
  const sorts = Object.keys(SORTS).filter((sort) => added[sort] || changed[sort] || gone[sort]);
  if (sorts.length === 0) return [zh ? '  与已知的完全相同' : '  all is as it was known before'];
  const heads = zh ? ['', '新增', '变更', '撤销'] : ['', 'new', 'changed', 'gone'];
  const rows = sorts.map((sort) => [
    (zh ? SORTS[sort] : sort) ?? sort,
    ...[added, changed, gone].map((counts) => whole(counts[sort] ?? 0)),
  ]);
  const columns = heads.map((head, i) => ({ head, right: i > 0 }));
  return table(columns, rows).map((line) => `  ${line}`);
}

const SEVERITIES = ['error', 'warning', 'note'] as const;
const HEADS = {
  zh: { error: '错误（须改正后才能导入）', warning: '缺少或可疑', note: '说明' },
  en: {
    error: 'Wrong (to be mended before it can be imported)',
    warning: 'Missing or doubtful',
    note: 'To know',
  },
} as const;

function sayProblems(lang: Lang, problems: readonly FolderProblem[]): string[] {
  return SEVERITIES.flatMap((severity) => {
    const groups = groupProblems(problems.filter((one) => one.severity === severity));
    return groups.length === 0
      ? []
      : ['', HEADS[lang][severity], ...groups.flatMap((group) => sayGroup(lang, group))];
  });
}

/** Problems of one file that differ only in names and numbers. */
export type ProblemGroup = { readonly file: string; readonly problems: readonly FolderProblem[] };

/** Groups what is said of a file in the same words; the most frequent first. */
export function groupProblems(problems: readonly FolderProblem[]): readonly ProblemGroup[] {
  const groups = new Map<string, FolderProblem[]>();
  for (const problem of problems) {
    const key = `${problem.file}\n${shapeOf(problem.problem)}`;
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  return [...groups]
    .map(([key, group]) => ({ file: key.split('\n')[0]!, problems: group }))
    .sort((a, b) => b.problems.length - a.problems.length || (a.file < b.file ? -1 : 1));
}

/** A sentence without the names, codes and numbers in it. */
function shapeOf(problem: string): string {
  return problem
    .replace(/"[^"]*"|“[^”]*”/g, '…')
    .replace(/[\w.:*/-]*\d[\w.:*/-]*/g, '…')
    .replace(/(…(, )?)+/g, '…');
}

const SHOWN = 3;

/** As an editor or a sheet counts: the header of a table is its first row. */
function rowOf(file: string, record: number): number {
  return file.endsWith('.csv') ? record + 1 : record;
}

function sayGroup(lang: Lang, { file, problems }: ProblemGroup): string[] {
  const lines = problems.slice(0, SHOWN).map(({ record, problem }) => {
    const where = record === undefined ? file : `${file}:${rowOf(file, record)}`;
    return `  ${where}  ${problem}`;
  });
  const more = problems.length - SHOWN;
  if (more <= 0) return lines;
  const numbers = problems
    .slice(SHOWN, SHOWN + 12)
    .flatMap(({ record }) => (record === undefined ? [] : [rowOf(file, record)]));
  const which = numbers.length ? ` (${numbers.join(', ')}${more > numbers.length ? ', …' : ''})` : '';
  return [
    ...lines,
    lang === 'zh'
      ? `    同类还有 ${whole(more)} 处${which}`
      : `    and ${whole(more)} more like this${which}`,
  ];
}
