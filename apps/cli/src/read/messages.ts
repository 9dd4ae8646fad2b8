import { isoInstant, parseInstant } from '@gezhi/basis';
import type { Table } from '@gezhi/connectors';
import type { TopicMessage } from '@gezhi/text';
import { usage } from '../say-error.ts';

/** Names under which a column is known, the first found is taken. */
const NAMES = {
  title: ['留言主题', '标题', '主题', 'title', 'subject'],
  text: ['留言详情', '留言内容', '诉求内容', '内容', '详情', 'text', 'words', 'description'],
  time: ['留言时间', '提交时间', '受理时间', '时间', 'time', 'at', 'created', 'date'],
  person: ['留言用户', '用户编号', '用户', 'person', 'account', 'user'],
  place: ['地点', '社区', '街道', 'place'],
  likes: ['点赞数', '点赞', 'likes'],
  opposes: ['反对数', '反对', 'opposes'],
} as const;

export type MessageColumn = keyof typeof NAMES;
/** What was said about columns by name instead. */
export type ColumnOptions = Partial<Readonly<Record<MessageColumn, string>>>;

/**
 * The messages of a file whose columns are known by their usual names or were named; the id is the row's line. A row without a time that can be read stands among `undated`.
 * A time without a zone is Beijing's.
 *
 * @param isTimeless whether a file without a column of time will do: its rows are then all of one moment
 * @throws Fault usage where no column of text, of time, or a named one, is there
 */
export function readMessages(
  table: Table,
  options: ColumnOptions,
  isTimeless = false,
): { readonly messages: readonly TopicMessage[]; readonly undated: readonly number[] } {
  const at = (name: MessageColumn): number => columnOf(table, name, options[name]);
  const columns = Object.fromEntries(
    (Object.keys(NAMES) as MessageColumn[]).map((name) => [name, at(name)]),
  ) as Record<MessageColumn, number>;
  if (columns.text < 0 && columns.title < 0) {
    throw usage(`No column of text among ${table.columns.join(', ')}.`, 'Name one with --text COLUMN.');
  }
  if (columns.time < 0 && !isTimeless) {
    throw usage(`No column of time among ${table.columns.join(', ')}.`, 'Name one with --time COLUMN.');
  }
  const messages: TopicMessage[] = [];
  const undated: number[] = [];
  for (const [i, row] of table.rows.entries()) {
    const cell = (name: MessageColumn): string => row[columns[name]] ?? '';
    const when = columns.time < 0 ? 0 : timeOf(cell('time'));
    if (when === undefined) {
      undated.push(table.lines[i]!);
      continue;
    }
    messages.push({
      id: String(table.lines[i]),
      at: when,
      text: cell('text'),
      ...(cell('title') ? { title: cell('title') } : {}),
      ...(cell('person') ? { personKey: cell('person') } : {}),
      ...(cell('place') ? { places: [cell('place')] } : {}),
      likes: Number(cell('likes')) || 0,
      opposes: Number(cell('opposes')) || 0,
    });
  }
  return { messages, undated };
}

function columnOf(table: Table, name: MessageColumn, named: string | undefined): number {
  if (named === undefined) {
    const known = NAMES[name].find((column) => table.columns.includes(column));
    return known ? table.columns.indexOf(known) : -1;
  }
  const column = table.columns.indexOf(named);
  if (column < 0) {
    throw usage(`The file has no column "${named}".`, `Its columns are: ${table.columns.join(', ')}.`);
  }
  return column;
}

const SPOKEN = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** `2026/5/1 8:30`, `2026-05-01`, RFC 3339; undefined where it is none. */
export function timeOf(cell: string): number | undefined {
  const text = cell.trim();
  const [, year, month, day, hour = '0', minute = '00', second = '00'] = SPOKEN.exec(text) ?? [];
  if (!year || !month || !day) return parseInstant(text);
  const two = (part: string): string => part.padStart(2, '0');
  return parseInstant(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}+08:00`);
}

export function sayDay(at: number): string {
  return isoInstant(at + 8 * 3_600_000).slice(0, 10);
}
