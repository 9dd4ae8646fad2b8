import type { FastifyInstance } from 'fastify';

/** A route as it is mounted: one method at one path, `:name` for parameters. */
export type MountedRoute = { readonly method: string; readonly url: string };

const MOUNTED = new WeakMap<FastifyInstance, MountedRoute[]>();

/** Writes down every route that is mounted from now on, so that whoever tests them all forgets none. */
export function watchRoutes(server: FastifyInstance): void {
  const routes: MountedRoute[] = [];
  MOUNTED.set(server, routes);
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
}

/** Every route of a built app, in the order in which they were mounted; complete once it is ready. */
export function routesOf(server: FastifyInstance): readonly MountedRoute[] {
  return MOUNTED.get(server) ?? [];
}
