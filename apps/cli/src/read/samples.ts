import { basename } from 'node:path';
import { readTable, type Table } from '@gezhi/connectors';
import type { KindSample, Text } from '@gezhi/text';
import { usage } from '../say-error.ts';

/** A file's rows as samples; rows without a label are none, and are counted. */
export type Samples = { readonly samples: readonly KindSample[]; readonly unlabelled: number };

/** `a,b` as the names of columns. */
export function columnsOf(words: string): readonly string[] {
  const columns = words.split(',').map((word) => word.trim());
  if (columns.every((column) => column !== '')) return columns;
  throw usage(`"${words}" names no columns.`, 'Write them as: --text title,words');
}

/**
 * Reads the samples of a file. Text columns that it lacks are passed over.
 *
 * @throws Fault `usage` where it lacks all text columns or the label's, `no-samples` where no row has a label
 */
export async function readSamples(path: string, columns: readonly string[], label: string): Promise<Samples> {
  const table = await readTable(path);
  const at = table.columns.indexOf(label);
  if (at === -1) throw lacks(path, table, `the label column "${label}"`);
  const texts = textsOf(path, table, columns);
  const all = table.rows.map((row, i) => ({ text: texts[i]!, kind: row[at]!.trim() }));
  const samples = all.filter(({ kind }) => kind !== '');
  if (samples.length === 0) {
    throw usage(
      `${basename(path)} has no row with a label in "${label}".`,
      'Give a file with labelled rows.',
    );
  }
  return { samples, unlabelled: all.length - samples.length };
}

/** The text of every row: its cells in the order asked for, empty where the file lacks the column. */
export function textsOf(path: string, table: Table, columns: readonly string[]): readonly Text[] {
  const places = columns.map((column) => table.columns.indexOf(column));
  if (places.every((place) => place === -1)) {
    throw lacks(path, table, columns.map((column) => `"${column}"`).join(', '));
  }
  const cellsOf = (row: readonly string[]): readonly string[] =>
    places.map((place) => (place === -1 ? '' : row[place]!));
  return table.rows.map((row) => (columns.length === 1 ? cellsOf(row)[0]! : cellsOf(row)));
}

function lacks(path: string, table: Table, what: string) {
  return usage(`${basename(path)} does not have ${what}.`, `Its columns are: ${table.columns.join(', ')}.`);
}
