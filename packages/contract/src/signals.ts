import { z } from 'zod';
import { identifier, label, moment, named, point, requestNumber, said, short, uuid } from './named.ts';
import { POINT_FROM } from './outside-places.ts';
import { problem } from './problem.ts';

export const REQUEST_KINDS = ['inquiry', 'help', 'complaint', 'tipOff', 'suggestion'] as const;

/** One way to reach somebody. People list theirs in the order they prefer. */
export const reachMe = named(
  'ReachMe',
  z.strictObject({
    way: z.enum(['phone', 'sms', 'mail', 'visit', 'through', 'web']),
    address: short(200).optional(),
    hours: short(100).optional(),
    language: short(60).optional(),
    through: short(100).optional(),
    abilities: z
      .array(z.enum(['hears', 'sees', 'reads']))
      .max(3)
      .optional(),
  }),
);

export const person = named(
  'Person',
  z.strictObject({ name: short(100).optional(), reachMe: z.array(reachMe).max(8).optional() }),
);

const external = z.strictObject({ system: identifier, number: identifier, dueAt: moment.optional() });

/** A photo inside JSON, or the id of an upload that brought it in pieces (`/api/uploads/{id}`), as `upload:<id>`. */
const photo = z.string().regex(/^(data:image\/[a-z+.-]+;base64,|upload:[A-Za-z0-9-]{16,80}$)/, {
  error: 'is no photo: data:image/jpeg;base64,…, or upload:<id>',
});

/** What somebody said aloud: WebM, Ogg, MP4 or WAV of 4 MB at most. A person listens. */
const sound = z
  .string()
  .regex(/^(data:audio\/[a-z0-9+.-]+(;[a-z0-9=.,"' +-]+)*;base64,|upload:[A-Za-z0-9-]{16,80}$)/i, {
    error: 'is no sound: data:audio/webm;base64,…, or upload:<id>',
  });

/**
 * The data of a `gezhi.report.v1` event. `found` (staff found it themselves), `settled` (what they did about it on the spot) and `external`
 * need a staff token. `follows` names the
 * request that this adds to; it needs that request's `code`, or a staff token.
 */
export const reportData = named(
  'ReportData',
  z.strictObject({
    words: said.optional(),
    kind: short(60).optional(),
    requestKind: z.enum(REQUEST_KINDS).optional(),
    channel: short(40).optional(),
    publicity: z.enum(['public', 'private']).optional(),
    point: point.optional(),
    /** The service outside that proposed the point, where one did. */
    pointFrom: z.enum(POINT_FROM).optional(),
    placeText: short(300).optional(),
    asset: short(100).optional(),
    requester: person.optional(),
    reportedBy: person.optional(),
    contact: person.optional(),
    guardian: person.optional(),
    found: z.boolean().optional(),
    settled: said.optional(),
    follows: requestNumber.optional(),
    code: z.string().optional(),
    external: external.optional(),
    photos: z.array(photo).max(6).optional(),
    sounds: z.array(sound).max(2).optional(),
  }),
);

/** CloudEvents 1.0 in structured mode. Names of extensions are small letters and digits. */
export const cloudEvent = named(
  'CloudEvent',
  z.looseObject({
    specversion: z.literal('1.0'),
    id: short(256),
    source: short(256),
    type: short(128),
    time: moment.optional(),
    subject: z.string().max(1000).optional(),
    datacontenttype: z.string().max(200).optional(),
    dataschema: z.string().max(1000).optional(),
    data: z.unknown().optional(),
    data_base64: z.string().optional(),
  }),
);

/**
 * What intake answers. `code` opens the number; of an event taken in before it is told only to who says the same words again. `caseId`
 * is absent where the signal was written to the journal because the database is away (`spooled`).
 */
export const receipt = named(
  'Receipt',
  z.object({
    number: z.string().optional(),
    sayAs: z.string().optional(),
    code: z.string().optional(),
    caseId: uuid.optional(),
    known: z.boolean(),
    joined: z.boolean(),
    spooled: z.boolean().optional(),
    /** That this was taken in, signed by the ledger: a C2SP note. */
    promise: z.string().optional(),
    photos: z.object({ kept: z.number().int(), refused: z.number().int() }).optional(),
    /** Whether what was settled on the spot is done; else whoever has it reads what was done. */
    settled: z.boolean().optional(),
  }),
);

/** One of these for each event of a batch, in order. */
export const batchItem = named(
  'BatchItem',
  z.object({ status: z.number().int(), receipt: receipt.optional(), problem: problem.optional() }),
);

export const receipts = named('Receipts', z.union([receipt, z.array(batchItem)]));

export const signalBody = named('SignalBody', z.union([cloudEvent, z.array(cloudEvent).min(1).max(1000)]));

/** What the requester of a number sees: no name of anybody who works on it, and nothing of other requesters. */
export const requestView = named(
  'RequestView',
  z.object({
    number: z.string(),
    sayAs: z.string(),
    saidAt: moment,
    words: z.string().optional(),
    kind: z.object({ code: z.string(), name: label }),
    place: z.object({ code: z.string(), name: z.string() }),
    state: z.object({ name: z.string(), phase: z.string(), label }),
    unit: z.string().optional(),
    promise: z.object({ dueAt: moment, provisional: z.boolean(), isPast: z.boolean() }).optional(),
    story: z.array(z.object({ at: moment, say: label, words: z.string().optional() })),
    replies: z.array(z.object({ at: moment, words: z.string() })),
    photos: z.array(z.object({ id: uuid, link: z.string() })),
  }),
);

/** What `gezhi verify` reads. `inclusion` follows when the ledger has come to it, moments later. */
export const ledgerReceipt = named(
  'LedgerReceipt',
  z.object({
    format: z.literal('gezhi.receipt/v1'),
    number: z.string(),
    key: z.string(),
    promise: z.string().optional(),
    inclusion: z
      .object({
        entry: z.string(),
        salt: z.string(),
        body: z.record(z.string(), z.unknown()),
        proof: z.string(),
      })
      .optional(),
  }),
);

export const followUp = named('FollowUp', z.strictObject({ id: short(256).optional(), words: said }));

export const photosTaken = named(
  'PhotosTaken',
  z.object({ photos: z.array(z.object({ id: uuid, link: z.string() })) }),
);

export type ReportData = z.infer<typeof reportData>;
export type CloudEvent = z.infer<typeof cloudEvent>;
export type WireReceipt = z.infer<typeof receipt>;
export type BatchItem = z.infer<typeof batchItem>;
export type RequestView = z.infer<typeof requestView>;
