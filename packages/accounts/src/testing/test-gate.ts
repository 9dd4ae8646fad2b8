import { createHmac } from 'node:crypto';
import type { TestContext } from 'node:test';
import { isRefusal, type Refusal } from '@gezhi/basis';
import { testDatabase } from '@gezhi/storage/testing';
import { type Account, makeAccount, setPassword } from '../account.ts';
import { type Gate, type GateOptions, openGate } from '../gate.ts';
import type { From } from '../sign-in.ts';

export const DISTRICT = '990101';
export const PASSWORD = 'correct horse battery';

export type TestGate = { readonly gate: Gate; readonly clock: { now: number } };

/** A gate over a database of its own; its clock starts with the machine's, which the library goes by. */
export async function testGate(
  t: Pick<TestContext, 'after'>,
  options: Partial<GateOptions> = {},
): Promise<TestGate> {
  const db = await testDatabase(t);
  const clock = { now: Date.now() };
  const gate = openGate({
    pool: db.pool,
    key: Buffer.alloc(32, 7),
    baseUrl: 'http://localhost:8080',
    now: () => clock.now,
    ...options,
  });
  return { gate, clock };
}

/** An account with a password. */
export async function somebody(gate: Gate, name: string, role: Account['role'] = 'staff'): Promise<Account> {
  const account = must(await makeAccount(gate, { district: DISTRICT, name, role }));
  must(await setPassword(gate, account, PASSWORD));
  return account;
}

export function must<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`${value.code}: ${value.because}`);
  return value;
}

/** A browser at the gate, keeping its cookies. */
export function browser(machine = '192.0.2.7'): From & { keep(cookies: readonly string[]): void } {
  const jar = new Map<string, string>();
  return {
    machine,
    browser: 'Test/1.0',
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    keep: (cookies) => {
      for (const cookie of cookies) {
        const [pair = ''] = cookie.split(';');
        const at = pair.indexOf('=');
        if (/max-age=0/i.test(cookie)) jar.delete(pair.slice(0, at));
        else jar.set(pair.slice(0, at), pair.slice(at + 1));
      }
    },
  };
}

/** The code of an authenticator (RFC 6238: SHA-1, 30 s, 6 digits); `steps` later or earlier. */
export function totp(secret: string, at = Date.now(), steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000) + steps));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  const offset = mac[19]! & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function base32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
}
