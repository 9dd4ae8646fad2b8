import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hasAccounts, makeSetUpLink, type SingleSignOn } from '@gezhi/accounts';
import { Fault, type Instant, isoInstant } from '@gezhi/basis';
import { type Gateway, type NoticeMessage, post } from '@gezhi/connectors';
import { gateKeeper, isMadeUp, type SendCode } from '@gezhi/server';
import type { Installation } from '@gezhi/town';
import type { Log } from './log.ts';
import type { SsoSettings } from './settings.ts';

/** Sends a code of a resident once more where the gateway did not take it; later it would be of no use. */
const TRIES = 3;

/**
 * One-time codes of residents go out by the gateway of notices. A made-up town prints them instead; without a gateway a real one sends none, and
 * says so without saying whose.
 */
export function codeSender(
  installation: Installation,
  gateway: Gateway | undefined,
  { log, now }: { readonly log: Log; readonly now: () => Instant },
): SendCode {
  return async ({ district, way, address, language, text }) => {
    const town = installation.towns.get(district);
    if (town && isMadeUp({ town })) return log.info(`To a resident of the made-up town: ${text}`);
    if (!gateway)
      return log.warn('A resident asked for a code, and there is no gateway to send it (NOTICES_URL).');
    const id = `code.${randomUUID()}`;
    const to = { kind: 'contact', address } as const;
    const madeAt = isoInstant(now());
    const message: NoticeMessage = {
      version: 1,
      id,
      district,
      way,
      to,
      language,
      text,
      urgent: true,
      madeAt,
    };
    for (let i = 0; i < TRIES; i++) {
      const { outcome } = await post(gateway, id, JSON.stringify(message), now());
      if (outcome !== 'again') return;
    }
    log.warn('The gateway took no code of a resident.');
  };
}

/** Prints the link to the first set-up of each real town that has no account yet: good once, for two hours. A new start makes a new one. */
export async function printSetUpLinks(
  installation: Installation,
  { baseUrl, now, log }: { readonly baseUrl: string; readonly now: () => Instant; readonly log: Log },
): Promise<void> {
  const gate = await gateKeeper({ installation, now, baseUrl })();
  for (const town of installation.towns.values()) {
    if (!gate || isMadeUp({ town }) || (await hasAccounts(gate, town.district))) continue;
    const { key } = await makeSetUpLink(gate, town.district);
    const { en, zh } = town.profile.name;
    const link = `${baseUrl}/setup?district=${encodeURIComponent(town.district)}&key=${key}`;
    log.warn(
      `${zh === en ? zh : `${zh} ${en}`} has no accounts yet. Name its administrators (once, within two hours): ${link}`,
    );
  }
}

/**
 * The single sign-on of the settings, with its secret read from the file.
 * @throws Fault `bad-setting`
 */
export async function singleSignOnOf(
  settings: SsoSettings | undefined,
  installation: Installation,
): Promise<SingleSignOn | undefined> {
  if (!settings) return undefined;
  const { secretFile, name, district = [...installation.towns.keys()][0], ...rest } = settings;
  if (district === undefined) return undefined;
  const clientSecret = await readFile(secretFile, 'utf8').catch((cause: unknown) => {
    const hint = 'Put the secret that the provider gave out into it.';
    throw new Fault('bad-setting', `SSO_SECRET_FILE: ${secretFile} cannot be read.`, { cause, hint });
  });
  return { ...rest, district, clientSecret: clientSecret.trim(), name: { zh: name, en: name } };
}
