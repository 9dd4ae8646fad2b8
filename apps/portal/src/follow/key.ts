/** What opens a request: its number and its code. */
export type Key = { readonly number: string; readonly code: string };
