import { type Gate, makeResidentCode, residentOf } from '@gezhi/accounts';
import {
  type Instant,
  isRefusal,
  type Refusal,
  type RequestNumber,
  refuse,
  sayRequestNumber,
} from '@gezhi/basis';
import { findRequest } from '@gezhi/storage';
import { openingCode, openMattersByMark, type Town } from '@gezhi/town';
import type { FastifyRequest } from 'fastify';
import { readCookies } from '../pages/kit/cookies.ts';
import { loadCase } from '../views/load-case.ts';
import { requestView } from '../views/request-view.ts';

/** A code on its way to a resident. It and the address are told to the gateway and kept nowhere. */
export type CodeMessage = {
  readonly district: string;
  readonly way: 'sms' | 'mail';
  readonly address: string;
  readonly language: 'zh' | 'en';
  readonly text: string;
};

/** Hands a code to whoever sends it. */
export type SendCode = (message: CodeMessage) => Promise<void>;

export const RESIDENT_COOKIE = 'gezhi_resident';

/** The mark of whoever's session the cookies of a call open. */
export async function residentIn(
  gate: Gate | undefined,
  town: Town,
  request: FastifyRequest,
): Promise<Buffer | undefined> {
  const token = readCookies(request).get(RESIDENT_COOKIE);
  return gate && token ? await residentOf(gate, town.district, token) : undefined;
}

/**
 * Makes a code and has it sent, where somebody here has that address, or subscribes; the answer and its time are the same where nobody has.
 * Refuses `no-contact`, `too-many-tries`.
 */
export async function askCode(
  {
    gate,
    town,
    send,
    onFault,
  }: {
    readonly gate: Gate;
    readonly town: Town;
    readonly send: SendCode | undefined;
    readonly onFault: (error: unknown, what: string) => void;
  },
  {
    address,
    machine,
    language,
    subscribes = false,
  }: {
    readonly address: string;
    readonly machine: string;
    readonly language: 'zh' | 'en';
    readonly subscribes?: boolean;
  },
): Promise<Refusal | undefined> {
  const { district } = town;
  const mark = await town.vault.markOf(district, address);
  if (!mark) return refuse('no-contact', 'This is no telephone number and no mail address.');
  const code = await makeResidentCode(gate, { district, mark, machine });
  if (isRefusal(code)) return code;
  if (!send || !(subscribes || (await town.vault.isKnown(town.db.pool, district, mark)))) return undefined;
  const way = address.includes('@') ? 'mail' : 'sms';
  // Not waited for: how long the gateway takes would tell that the address is known.
  send({
    district,
    way,
    address: address.trim(),
    language,
    text: TEXT[language](town.profile.name[language], code, subscribes),
  }).catch((error: unknown) => onFault(error, 'POST /api/resident/codes'));
  return undefined;
}

const TEXT = {
  zh: (town: string, code: string, subscribes: boolean) =>
    `【${town}】验证码 ${code}，10 分钟内有效，用于${subscribes ? '确认订阅' : '查看您的诉求'}。如非本人操作，请忽略。`,
  en: (town: string, code: string, subscribes: boolean) =>
    `${town}: ${code} is your code, good for 10 minutes, ${subscribes ? 'to confirm that you subscribe' : 'to look at your requests'}. If you did not ask for it, ignore it.`,
} as const;

export type OpenMatter = {
  readonly number: RequestNumber;
  readonly sayAs: string;
  readonly code: string;
  readonly kind: { readonly code: string; readonly name: { readonly zh: string; readonly en: string } };
  readonly state: { readonly zh: string; readonly en: string };
  readonly dueAt?: string;
};

/** The open requests behind a mark, each with the code that opens it. No ended ones, no count. */
export async function mattersOf(town: Town, mark: Buffer, now: Instant): Promise<readonly OpenMatter[]> {
  const numbers = await openMattersByMark(town, mark, now);
  if (isRefusal(numbers)) return [];
  const found = await Promise.all(numbers.map((number) => matterOf(town, number, now)));
  return found.filter((matter) => matter !== undefined);
}

async function matterOf(town: Town, number: RequestNumber, now: Instant): Promise<OpenMatter | undefined> {
  const caseId = await findRequest(town.db.pool, town.district, number);
  const loaded = caseId && (await loadCase(town, caseId));
  const view = loaded && !isRefusal(loaded) ? requestView(town, number, loaded, now) : undefined;
  if (!view) return undefined;
  return {
    number,
    sayAs: sayRequestNumber(number),
    code: openingCode(town.secret, number),
    kind: view.kind,
    state: view.state.label,
    ...(view.promise ? { dueAt: view.promise.dueAt } : {}),
  };
}
