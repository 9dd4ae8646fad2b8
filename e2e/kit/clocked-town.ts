import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Instant } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import { buildApp, tokenOf } from '@gezhi/server';
import { testDatabase } from '@gezhi/storage/testing';
import { importTown, installationOn, readTownFolder, type Town, townOf } from '@gezhi/town';
import type { Screen } from './browser.ts';

export type ClockedTown = {
  readonly url: string;
  readonly town: Town;
  /** What the town's clock shows; weeks pass by setting it. */
  readonly clock: { now: Instant };
  /** The person on a post, as who acts. */
  seat(post: string): { readonly post: string; readonly person: string };
  /** Signs a screen in as whoever sits on a post. */
  enter(screen: Screen, post: string): Promise<void>;
};

/** The made-up town without its history, served on a port of this machine by a clock that stands still. */
export async function clockedTown(t: Pick<TestContext, 'after'>, at: string): Promise<ClockedTown> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-clocked-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeTown(folder, makeTown(7));
  const clock = { now: Date.parse(at) };
  const now = (): Instant => clock.now;
  const installation = await installationOn(await testDatabase(t), undefined, { keys: 'passing', now });
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  await importTown(installation.db, await readTownFolder(folder), kinds, { now: clock.now - 1000 });
  await installation.reload();
  const server = await buildApp({ installation, now });
  t.after(() => server.close());
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const town = townOf(installation);
  const seat: ClockedTown['seat'] = (post) => {
    const found = town.staff.find((one) => one.post === post);
    if (!found) throw new Error(`nobody sits on ${post}`);
    return { post, person: found.person };
  };
  const enter: ClockedTown['enter'] = async ({ context }, post) => {
    const value = tokenOf(town.secret, seat(post));
    await context.addCookies([{ name: 'gezhi_staff', value, url }]);
  };
  return { url, town, clock, seat, enter };
}
