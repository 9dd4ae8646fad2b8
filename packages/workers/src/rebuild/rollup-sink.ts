import { addRows, type Contribution, newTally, rowsOf, type Tally } from '@gezhi/measures';
import { addRollup, copyRollup } from '@gezhi/storage';
import type pg from 'pg';
import { rollupRow } from '../rollup-follower.ts';

/**
 * Sums the roll-ups of one district in bounded memory. Cases come in order of their opening, so what they add moves on in time: hours
 * are kept open until there are too many rows, then the earliest are written by COPY, each key once. What comes for an hour that was
 * written already (a case that stayed open long, a merge) is summed apart and added when the table has its key.
 */
export class RollupSink {
  readonly #client: pg.ClientBase;
  readonly #district: string;
  readonly #table: string;
  readonly #rowsMax: number;
  readonly #hours = new Map<number, { readonly tally: Tally; rows: number }>();
  #late = newTally();
  #lateRows = 0;
  readonly #lateParts: (readonly Contribution[])[] = [];
  #rows = 0;
  #writtenBefore = Number.NEGATIVE_INFINITY;

  constructor(client: pg.ClientBase, district: string, table: string, rowsMax = 300_000) {
    this.#client = client;
    this.#district = district;
    this.#table = table;
    this.#rowsMax = rowsMax;
  }

  add(rows: readonly Contribution[]): void {
    for (const row of rows) {
      if (row.hour < this.#writtenBefore) {
        addRows(this.#late, [row]);
        this.#lateRows += 1;
        continue;
      }
      let hour = this.#hours.get(row.hour);
      if (!hour) {
        hour = { tally: newTally(), rows: 0 };
        this.#hours.set(row.hour, hour);
      }
      addRows(hour.tally, [row]);
      hour.rows += 1;
      this.#rows += 1;
    }
  }

  /** Writes the earliest hours where there are too many; call it between batches. */
  async relieve(): Promise<void> {
    if (this.#rows > this.#rowsMax) await this.#writeHours(this.#rowsMax / 2);
    if (this.#lateRows > this.#rowsMax) this.#packLate();
  }

  /** Writes all that is summed, but what came too late. */
  async finish(): Promise<void> {
    await this.#writeHours(0);
  }

  /** Adds what came too late; the table has its key now and is found by the name `rollup`. */
  async addLate(): Promise<void> {
    this.#packLate();
    for (const rows of this.#lateParts) await addRollup(this.#client, this.#district, rows.map(rollupRow));
  }

  #packLate(): void {
    this.#lateParts.push(rowsOf(this.#late));
    this.#late = newTally();
    this.#lateRows = 0;
  }

  async #writeHours(rowsLeft: number): Promise<void> {
    const hours = [...this.#hours.keys()].sort((a, b) => a - b);
    for (const at of hours) {
      if (this.#rows <= rowsLeft) return;
      const { tally, rows } = this.#hours.get(at)!;
      await copyRollup(this.#client, this.#district, rowsOf(tally).map(rollupRow), this.#table);
      this.#hours.delete(at);
      this.#rows -= rows;
      this.#writtenBefore = at + 1;
    }
  }
}
