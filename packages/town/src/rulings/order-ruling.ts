import { type Instant, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { actOnRuling, inTransaction, listRulings, type RulingRow } from '@gezhi/storage';
import { mayEdition } from '../editions/may-edition.ts';
import type { Town } from '../town.ts';
import { rulingName } from './ruling-book.ts';

/**
 * The word of the catalogue's owner on a ruling: adopted (its line goes into the catalogue; the ruling holds until the catalogue says the
 * same) or withdrawn (routing does not ask it any more). Whoever ruled does not adopt their own ruling.
 *
 * Refuses `no-power`, `no-such-ruling`, `own-approval`, `missing-field` (no basis), `no-change`
 */
export async function orderRuling(
  town: Town,
  order: { readonly number: number; readonly act: 'adopted' | 'withdrawn'; readonly basis: string },
  by: Actor,
  now: Instant,
): Promise<RulingRow | Refusal> {
  const allowed = mayEdition(town, 'ruling.decide', by);
  if ('refused' in allowed) return allowed;
  const { pool } = town.db;
  const [ruling] = await listRulings(pool, town.district, { number: order.number }, 1);
  const name = rulingName(order.number);
  if (!ruling) return refuse('no-such-ruling', `There is no ruling ${name}.`);
  if (order.act === 'adopted' && ruling.byPost === by.post)
    return refuse('own-approval', 'Whoever ruled does not adopt the ruling.', { approver: by.post });
  if (order.basis.trim() === '')
    return refuse('missing-field', 'Say which line of the catalogue or which law it rests on.', {
      field: 'basis',
    });
  const said = {
    at: now,
    post: by.post,
    person: by.person ?? null,
    act: order.act,
    basis: order.basis.trim(),
  };
  const done = await inTransaction(pool, (client) => actOnRuling(client, town.district, order.number, said));
  if (!done) return refuse('no-change', `${name} is "${ruling.state}".`, { state: ruling.state });
  await town.rulings.refresh();
  return { ...ruling, state: order.act };
}
