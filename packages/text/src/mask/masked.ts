/** What was found: sorts that say who somebody is, or how to reach them. */
export type MaskSort =
  | 'phone'
  | 'id'
  | 'plate'
  | 'bankCard'
  | 'name'
  | 'email'
  | 'wechat'
  | 'qq'
  | 'passport';

/**
 * Why it was taken for that: a check digit that holds, a shape alone, the word before it, the title behind it, the number beside it.
 */
export type MaskReason =
  | 'shape'
  | 'checkDigit'
  | 'checkDigitFails'
  | 'luhn'
  | 'wordBefore'
  | 'titleBehind'
  | 'numberBeside'
  | 'leftOutByWriter';

/** A stretch of the text, `start` to before `end` in UTF-16 units of the text as it was given. */
export type Masked = {
  readonly what: MaskSort;
  readonly start: number;
  readonly end: number;
  readonly because: MaskReason;
};
