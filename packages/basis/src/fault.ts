/**
 * A fault: something that should not have happened (a broken file, a database that is away). Says the operation, the thing it
 * was done to, and what to do next. Refusals (`Refusal`) are answers and are never thrown.
 */
export class Fault extends Error {
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(options.hint ? `${message} ${options.hint}` : message, { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.hint = options.hint;
  }
}
