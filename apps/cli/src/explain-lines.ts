import { Fault } from '@gezhi/basis';
import {
  type Explained,
  explainLines,
  explainRank,
  explainRate,
  findEdition,
  type Installation,
  namesIn,
  readList,
  readText,
  townOf,
} from '@gezhi/town';
import { findCase } from './find-case.ts';
import type { Io } from './io.ts';
import { usage } from './say-error.ts';

export type ExplainOrder = {
  readonly id: string;
  readonly district: string | undefined;
  readonly subject: string | undefined;
};

/** What is asked about a case, in sentences. @throws Fault `no-such-case` */
export async function linesOfCase(
  io: Io,
  installation: Installation,
  what: Explained,
  { id, district }: ExplainOrder,
): Promise<readonly string[]> {
  const { town, facts } = await findCase(installation, id, district);
  return explainLines(town, what, facts, io.lang, io.now());
}

/** A rate or a rank of an edition, in sentences; whoever holds the data reads every list. @throws Fault `no-such-edition`, `usage` */
export async function linesOfEdition(
  io: Io,
  installation: Installation,
  what: 'rate' | 'rank',
  { id, district, subject }: ExplainOrder,
): Promise<readonly string[]> {
  const town = townOf(installation, district);
  const summary = await findEdition(town, id);
  if (!summary)
    throw new Fault('no-such-edition', `There is no edition "${id}".`, { hint: 'gezhi edition list' });
  const { hash } = summary.state;
  const edition = await readText(town, id, hash);
  const row = edition.rows.find((one) => one.subject === subject);
  if (!row) {
    const codes = edition.rows.map((one) => one.subject).join(', ');
    throw usage(`The edition has no row "${subject ?? ''}".`, `--subject is one of ${codes}.`);
  }
  if (what === 'rank') return explainRank(edition, row, namesIn(town, edition, io.lang), io.lang);
  return explainRate(edition, row, await readList(town, id, hash), io.lang);
}
