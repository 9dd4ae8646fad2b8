import {
  type Instant,
  isRefusal,
  MINUTE,
  parseInstant,
  parseRequestNumber,
  type Refusal,
  refuse,
} from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { type CloudEvent, type FieldError, type ReportData, reportData } from '@gezhi/contract';
import type { Incoming, Town } from '@gezhi/town';
import { z } from 'zod';
import type { Language } from './language.ts';
import { badInput, readInput } from './problems/bad-input.ts';
import { dataOf, extensionsOf } from './read-events.ts';

/** A report that passed the door, and what comes with it. */
export type ReadReport = {
  readonly signal: Incoming;
  /** Pictures, then sounds; what came in pieces by its id. */
  readonly photos: readonly (Buffer | { readonly upload: string })[];
  /** The code that was sent for the number that it follows. */
  readonly code: string | undefined;
  /** What its finder did about it on the spot. */
  readonly settled: string | undefined;
};

/** The type of events whose data is checked strictly; others are taken for their words. */
export const REPORT_TYPE = 'gezhi.report.v1';

const anyData = z.object(reportData.shape);

/** What may lie between a sender's clock and ours. */
const AHEAD_MAX_MS = 5 * MINUTE;
/** No partition of the log is older. */
const EARLIEST = Date.UTC(1990, 0, 2);

/** Reads an event as a signal to take in. Refuses `bad-input` with each wrong field, `nothing-said`, `staff-only`. */
export function readReport(
  town: Town,
  event: CloudEvent,
  turn: { readonly now: Instant; readonly language: Language; readonly actor: Actor | undefined },
): ReadReport | Refusal {
  const data = readData(event, turn.language);
  if (isRefusal(data)) return data;
  const occurredAt = event.time === undefined ? turn.now : parseInstant(event.time)!;
  const errors = [...timeErrors(event, occurredAt, turn), ...codeErrors(town, data, turn.language)];
  if (errors.length > 0) return badInput(errors);
  if (!data.words && !data.kind && !data.asset && !data.photos?.length && !data.sounds?.length) {
    return refuse('nothing-said', 'The event says nothing: no words, no kind, no asset and no photo.');
  }
  for (const field of ['found', 'settled', 'external'] as const) {
    if (data[field] && !turn.actor) return refuse('staff-only', `data.${field} needs a staff token.`);
  }
  const { code, settled, photos = [], sounds = [], ...rest } = data;
  return {
    signal: signalOf(event, settled ? { ...rest, words: saidWith(rest.words, settled) } : rest, occurredAt),
    photos: [...photos, ...sounds].map((media) =>
      media.startsWith('upload:')
        ? { upload: media.slice('upload:'.length) }
        : Buffer.from(media.slice(media.indexOf('base64,') + 'base64,'.length), 'base64'),
    ),
    code,
    settled,
  };
}

/** What was done on the spot is part of what is said: whoever gets the case reads it. */
function saidWith(words: string | undefined, settled: string): string {
  return [words, settled].filter(Boolean).join('\n');
}

function readData(event: CloudEvent, language: Language): ReportData | Refusal {
  const data = dataOf(event);
  if (event.type === REPORT_TYPE) return readInput(reportData, data, language, 'data');
  const words = typeof data === 'object' && data !== null ? (data as { words?: unknown }).words : undefined;
  if (typeof words === 'string' && words.trim() !== '') return readInput(anyData, data, language, 'data');
  const known = `Events of the type ${REPORT_TYPE} are known; of others the words are taken`;
  return badInput([
    {
      field: 'data.words',
      problem:
        language === 'zh'
          ? `类型“${event.type}”未知，且没有 data.words`
          : `The type "${event.type}" is not known and there are no data.words`,
      remedy:
        language === 'zh' ? `用类型 ${REPORT_TYPE}，或在 data.words 中写明。` : `${known}: send data.words.`,
    },
  ]);
}

function timeErrors(
  event: CloudEvent,
  occurredAt: Instant,
  { now, language }: { readonly now: Instant; readonly language: Language },
): FieldError[] {
  const zh = language === 'zh';
  if (occurredAt > now + AHEAD_MAX_MS) {
    const problem = zh ? '时间在将来' : 'lies in the future';
    return [
      {
        field: 'time',
        value: event.time,
        problem,
        remedy: zh ? '校准时钟，或不写 time。' : 'Set the clock right, or leave time out.',
      },
    ];
  }
  if (occurredAt < EARLIEST) {
    const problem = zh ? '早于 1990 年' : 'is before 1990';
    return [{ field: 'time', value: event.time, problem, remedy: zh ? '核对年份。' : 'Check the year.' }];
  }
  return [];
}

function codeErrors(town: Town, data: ReportData, language: Language): FieldError[] {
  const errors: FieldError[] = [];
  const zh = language === 'zh';
  const { kind, asset, follows } = data;
  if (kind !== undefined && !town.kinds.has(kind)) {
    const problem = zh ? '没有这个类别' : 'is no kind of this town';
    errors.push({
      field: 'data.kind',
      value: kind,
      problem,
      remedy: zh ? '见 /api/kinds，或不写。' : 'See /api/kinds, or leave it out.',
    });
  }
  if (asset !== undefined && !town.assets.has(asset)) {
    const problem = zh ? '没有这个设施编号' : 'is no asset of this town';
    errors.push({
      field: 'data.asset',
      value: asset,
      problem,
      remedy: zh ? '核对编号，或不写。' : 'Check the code, or leave it out.',
    });
  }
  if (follows !== undefined && !parseRequestNumber(follows)) {
    const problem = zh ? '编号有误' : 'has a wrong digit';
    errors.push({
      field: 'data.follows',
      value: follows,
      problem,
      remedy: zh ? '核对 12 位编号。' : 'Check the 12 digits.',
    });
  }
  return errors;
}

function signalOf(
  event: CloudEvent,
  { channel, follows, external, ...data }: Omit<ReportData, 'code' | 'photos' | 'sounds'>,
  occurredAt: Instant,
): Incoming {
  const attributes = extensionsOf(event);
  const number = follows === undefined ? undefined : parseRequestNumber(follows);
  return {
    source: event.source,
    id: event.id,
    type: event.type,
    occurredAt,
    channel: channel ?? 'web',
    ...data,
    ...(number ? { follows: number } : {}),
    ...(external ? { external: externalOf(external) } : {}),
    ...(attributes ? { attributes } : {}),
  };
}

function externalOf({ system, number, dueAt }: NonNullable<ReportData['external']>): Incoming['external'] {
  return { system, number, ...(dueAt === undefined ? {} : { dueAt: parseInstant(dueAt)! }) };
}
