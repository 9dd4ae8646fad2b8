export { buildApp } from './app.ts';
export type { AppOptions } from './app-context.ts';
export { LOCK_MS, openRequest, WRONG_MAX } from './code-lock.ts';
export { type MountedRoute, routesOf } from './defence/mounted-routes.ts';
export { type IntakeBatcher, intakeBatcher, type Taken } from './intake-batcher.ts';
export { apiKeyOf } from './open311-port.ts';
export type { Spool, SpooledReceipt } from './spool-port.ts';
export { readToken, tokenOf } from './tokens.ts';
export { WEB_APPS, type WebApp } from './web.ts';
