import type { Gate } from '@gezhi/accounts';
import { Fault } from '@gezhi/basis';
import { gateKeeper } from '@gezhi/server';
import { readEnvironment, settingsOf } from '@gezhi/service';
import { type Town, townOf } from '@gezhi/town';
import type { Io } from './io.ts';
import type { CommonOptions } from './options.ts';
import { withInstallation } from './with-installation.ts';

/** Where the accounts of a district are kept, and how browsers reach its service. */
export type AtGate = { readonly gate: Gate; readonly town: Town; readonly baseUrl: string };

/** Opens the accounts of a district, beside a running service or without one. @throws Fault `no-town`, `no-such-district` */
export async function withGate<T>(
  io: Io,
  { district, ...options }: CommonOptions & { readonly district?: string },
  work: (at: AtGate) => Promise<T>,
): Promise<T> {
  const { publicUrl, port } = settingsOf(readEnvironment(io.env));
  const baseUrl = publicUrl ?? `http://localhost:${port}`;
  return await withInstallation(io, options, 'data', async (installation) => {
    const gate = await gateKeeper({ installation, now: io.now, baseUrl })();
    if (!gate)
      throw new Fault('no-town', 'There is no town yet.', {
        hint: 'Import one first: gezhi town import DIR.',
      });
    return await work({ gate, town: townOf(installation, district), baseUrl });
  });
}
