import type { FileImport } from '@gezhi/town';
import type { Lang } from '../io.ts';
import { percent, seconds, whole } from './numbers.ts';

export type ImportNames = { readonly file: string; readonly district: string; readonly rejects: string };

/** What became of a file, for a person. */
export function sayImport(lang: Lang, result: FileImport, names: ImportNames): string[] {
  const zh = lang === 'zh';
  const { rows, accepted, refused, cases, merged, known } = result;
  const perSecond = whole(Math.round(rows / Math.max(0.001, result.seconds)));
  return [
    zh
      ? `${names.file} → ${names.district}：${whole(rows)} 行，用时 ${seconds(result.seconds)}（每秒 ${perSecond} 行）`
      : `${names.file} → ${names.district}: ${whole(rows)} rows in ${seconds(result.seconds)} (${perSecond} a second)`,
    zh
      ? `  接收 ${whole(accepted)}，未通过 ${whole(refused)}`
      : `  accepted ${whole(accepted)}, refused ${whole(refused)}`,
    zh
      ? `  新立 ${whole(cases)} 件，并入已有 ${whole(merged)} 件${known ? `，此前已导入 ${whole(known)}` : ''}`
      : `  ${whole(cases)} cases opened, ${whole(merged)} requests joined one${known ? `, ${whole(known)} were known already` : ''}`,
    ...sayAgreement(zh, result.agreement),
    ...sayRefused(zh, result, names.rejects),
    ...sayDropped(zh, result),
  ];
}

function sayAgreement(zh: boolean, agreement: FileImport['agreement']): string[] {
  return Object.entries(agreement).map(([layer, { n, share }]) =>
    zh
      ? `  与来源自己的 ${layer} 编码一致：${percent(share, 2)}（${whole(n)} 行有坐标和编码）`
      : `  agreement with the source's own ${layer} codes: ${percent(share, 2)} of ${whole(n)} rows with point and code`,
  );
}

function sayRefused(zh: boolean, { refused, refusedBecause }: FileImport, rejects: string): string[] {
  if (refused === 0) return [];
  return [
    zh ? '  未通过的原因：' : '  refused because:',
    ...counted(refusedBecause),
    zh
      ? `  已存入 ${rejects}：改正后用同一模板再次导入。`
      : `  They are kept in ${rejects}: correct them there and import that file with the same profile.`,
  ];
}

function sayDropped(zh: boolean, { dropped, droppedBecause }: FileImport): string[] {
  if (dropped === 0) return [];
  const head = zh
    ? `  ${whole(dropped)} 行略去了个别单元格：`
    : `  of ${whole(dropped)} accepted rows a cell was left out:`;
  return [head, ...counted(droppedBecause)];
}

/** The ten most frequent reasons. */
function counted(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, 10)
    .map(([reason, n]) => `    ${whole(n).padStart(8)}  ${reason}`);
}
