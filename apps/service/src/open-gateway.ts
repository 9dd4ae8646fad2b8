import { readFile } from 'node:fs/promises';
import { Fault } from '@gezhi/basis';
import { type Gateway, makeGateway } from '@gezhi/connectors';
import type { NoticesSettings } from './settings.ts';

export const NO_GATEWAY =
  'No gateway for notices is set (NOTICES_URL): whom they are for and what they say stands at /notices, and nothing is sent.';

/**
 * The gateway of the settings, with its secret read from the file.
 * @throws Fault `bad-setting` where the file cannot be read, `bad-gateway` where address or secret cannot be used
 */
export async function openGateway(settings: NoticesSettings | undefined): Promise<Gateway | undefined> {
  if (!settings) return undefined;
  const { url, secretFile, allowPrivate } = settings;
  let secret: string;
  try {
    secret = (await readFile(secretFile, 'utf8')).trim();
  } catch (cause) {
    throw new Fault('bad-setting', `The secret's file ${secretFile} cannot be read.`, {
      cause,
      hint: 'Make one with openssl rand -hex 32, and name it in NOTICES_SECRET_FILE or UPSTREAM_SECRET_FILE.',
    });
  }
  return makeGateway(url, Buffer.from(secret, 'utf8'), { allowPrivate });
}
