/** What a gateway is handed: one notice, by one way, to one requester or one post. */
export type NoticeMessage = {
  readonly version: 1;
  /** The idempotency key: the same for every try of this notice by this way. */
  readonly id: string;
  readonly district: string;
  readonly way: string;
  readonly to: /** A one-time code, to whoever asked for it. */
    | { readonly kind: 'contact'; readonly address: string }
    | { readonly kind: 'requester'; readonly number: string; readonly address: string }
    | {
        readonly kind: 'post';
        readonly post: string;
        readonly unit: string;
        readonly persons: readonly string[];
        readonly phone?: string;
      };
  readonly language: string;
  readonly text: string;
  readonly urgent: boolean;
  /** RFC 3339: when the notice was made. */
  readonly madeAt: string;
};

const text = (description: string): object => ({ type: 'string', minLength: 1, description });

/** JSON Schema 2020-12 of a message; `docs/notices.md` shows it with an example. */
export const NOTICE_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Notice',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'id', 'district', 'way', 'to', 'language', 'text', 'urgent', 'madeAt'],
  properties: {
    version: { const: 1 },
    id: text('The idempotency key: the same for every try. Deliver it once.'),
    district: text('The district whose notice it is.'),
    way: { enum: ['sms', 'voice', 'wecom', 'zzd', 'mail'] },
    to: {
      oneOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'number', 'address'],
          properties: {
            kind: { const: 'requester' },
            number: text('The number of the request.'),
            address: text('A telephone number or a mail address, by the way.'),
          },
        },
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'address'],
          properties: {
            kind: { const: 'contact' },
            address: text('A telephone number or a mail address, by the way.'),
          },
        },
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'post', 'unit', 'persons'],
          properties: {
            kind: { const: 'post' },
            post: text('The code of the post.'),
            unit: text('The code of its unit.'),
            persons: {
              type: 'array',
              items: { type: 'string' },
              description: 'Staff numbers of those on duty there now.',
            },
            phone: text('The telephone of the unit, where the town says one.'),
          },
        },
      ],
    },
    language: text('A BCP 47 tag: zh or en.'),
    text: text('What is said, ready to be sent or read out.'),
    urgent: { type: 'boolean' },
    madeAt: { type: 'string', format: 'date-time' },
  },
} as const;
