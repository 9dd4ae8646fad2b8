import { useSyncExternalStore } from 'react';
import type { LessonId } from './lessons.ts';
import type { Begun } from './seen-done.ts';

/** What is kept of lessons that were begun: how things stood then, and whether it was seen done. */
export type Progress = Readonly<Partial<Record<LessonId, Begun & { readonly isDone?: boolean }>>>;

const KEY = 'gezhi.console.practice';
const NONE: Progress = {};

/** What was practised, known to this browser alone. */
export function useProgress(): readonly [Progress, (next: Progress) => void] {
  const progress = useSyncExternalStore(listen, read);
  return [progress, write];
}

const listeners = new Set<() => void>();
let kept: { readonly text: string | null; readonly progress: Progress } = { text: null, progress: NONE };

function listen(heard: () => void): () => void {
  listeners.add(heard);
  addEventListener('storage', heard);
  return () => {
    listeners.delete(heard);
    removeEventListener('storage', heard);
  };
}

function read(): Progress {
  const text = localStorage.getItem(KEY);
  if (text !== kept.text) kept = { text, progress: parseProgress(text) };
  return kept.progress;
}

function write(next: Progress): void {
  localStorage.setItem(KEY, JSON.stringify(next));
  for (const heard of listeners) heard();
}

/** What was kept; nothing where it cannot be read, for then one begins anew. */
export function parseProgress(text: string | null): Progress {
  if (text === null || !text.startsWith('{')) return NONE;
  try {
    return JSON.parse(text) as Progress;
  } catch (error) {
    if (error instanceof SyntaxError) return NONE;
    throw error;
  }
}
