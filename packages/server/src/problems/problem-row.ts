export type Label = { readonly zh: string; readonly en: string };

/** How a code is answered over HTTP: its status, its words, and what to do next. */
export type ProblemRow = { readonly status: number; readonly title: Label; readonly remedy: Label };
