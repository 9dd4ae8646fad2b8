import {
  type Gate,
  normalName,
  openGate,
  type ServiceAccount,
  type SingleSignOn,
  type Sitting,
  serviceByKey,
  sittingOf,
} from '@gezhi/accounts';
import { type Instant, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { isValidAt } from '@gezhi/duty';
import type { Installation, Town } from '@gezhi/town';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in by an account, whatever they may do. */
    sitting?: Sitting | undefined;
    /** Whose key the call brings. */
    service?: ServiceAccount | undefined;
  }
}

export type GateSettings = {
  readonly installation: Installation;
  readonly now: () => Instant;
  readonly baseUrl: string;
  readonly singleSignOn?: SingleSignOn | undefined;
};

/** Answers the gate of an installation, opened once; none while there is no town, for its keys come with the first. */
export type GateKeeper = () => Promise<Gate | undefined>;

export function gateKeeper({ installation, now, baseUrl, singleSignOn }: GateSettings): GateKeeper {
  let opening: Promise<Gate> | undefined;
  return async () => {
    const [town] = installation.towns.values();
    if (!town) return undefined;
    opening ??= town.keeping.keys.lookupKey().then((key) =>
      openGate({
        pool: installation.db.pool,
        key,
        baseUrl,
        now,
        ...(singleSignOn ? { singleSignOn } : {}),
      }),
    );
    return await opening.catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
  };
}

/** Reads at the door of each call whose session its cookies open, or whose key it brings: one round trip, and none without either. */
export function readSittings(server: FastifyInstance, gateOf: GateKeeper): void {
  server.addHook('onRequest', async (request) => {
    const { cookie, authorization } = request.headers;
    const key = /^Bearer +(gzk_\S{1,120})$/i.exec(authorization ?? '')?.[1];
    const hasSession = authorization === undefined && cookie?.includes('gezhi.session_token=');
    if (key === undefined && !hasSession) return;
    const gate = await gateOf();
    if (gate && key !== undefined) request.service = await serviceByKey(gate, key);
    else if (gate) request.sitting = await sittingOf(gate, cookie);
  });
}

/** Who acts by a key: the post of its account, in its district. Refuses `bad-token`. */
export function actorOfService(town: Town, service: ServiceAccount | undefined): Actor | Refusal {
  if (service?.district === town.district && town.posts.has(service.post)) return { post: service.post };
  return refuse('bad-token', 'This key is not good here, or no more.');
}

/** The posts that somebody sits on now, by the roster; their right to a post ends with it. */
export function postsOf(town: Town, { account }: Sitting, now: Instant): readonly Actor[] {
  if (account.role !== 'staff' || account.district !== town.district) return [];
  const name = normalName(account.name);
  const seats = town.staff.filter(
    (seat) => normalName(seat.person) === name && isValidAt(seat, now) && town.posts.has(seat.post),
  );
  const byPost = new Map(seats.map(({ post, person }) => [post, { post, person }]));
  return [...byPost.values()];
}

/** Who acts: whoever showed a second factor, on the post they chose, as long as the roster has them there. An administrator never. */
export function actorOfSitting(town: Town, sitting: Sitting | undefined, now: Instant): Actor | undefined {
  if (!sitting?.strong || sitting.post === undefined) return undefined;
  return postsOf(town, sitting, now).find(({ post }) => post === sitting.post);
}
