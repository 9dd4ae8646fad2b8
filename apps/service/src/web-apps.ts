import { fileURLToPath } from 'node:url';
import { WEB_APPS, type WebApp } from '@gezhi/server';

/** Where `npm ci` and `npm start` build the web apps (`packages/ui/build.ts`). */
export function builtWebApps(): Readonly<Record<WebApp, string>> {
  const folder = (app: WebApp): string => fileURLToPath(new URL(`../../${app}/dist`, import.meta.url));
  return Object.fromEntries(WEB_APPS.map((app) => [app, folder(app)])) as Record<WebApp, string>;
}
