import { Fault } from '@gezhi/basis';

/** Why a request is not taken, before anybody has read what it wants; each has its row in `defence-problem-words.ts`. */
export type UnwelcomeCode =
  | 'address-too-long'
  | 'too-many-fields'
  | 'too-deep'
  | 'list-too-long'
  | 'not-text'
  | 'too-many-requests';

const STATUS: Readonly<Record<UnwelcomeCode, number>> = {
  'address-too-long': 414,
  'too-many-fields': 400,
  'too-deep': 400,
  'list-too-long': 400,
  'not-text': 400,
  'too-many-requests': 429,
};

/** A request that is turned away at the door. API and pages each answer it in their own shape. */
export class Unwelcome extends Fault {
  readonly statusCode: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: UnwelcomeCode, because: string, retryAfterSeconds?: number) {
    super(code, because);
    this.statusCode = STATUS[code];
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
