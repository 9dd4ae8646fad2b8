import type { Happening } from '@gezhi/demo';
import type { Course } from './demo-course.ts';
import type { Role } from './demo-posts.ts';

/** What the demo remembers of a case while it is open: the truth behind it, which no handler may read. */
export type LivedCase = {
  /** What was told; a part of a case has what its whole has. */
  readonly happening: Happening;
  readonly course: Course;
  /** Under which later reports of the same matter find it. */
  readonly hash?: string;
  /** The actions that were taken, or refused, already. */
  readonly taken: Set<string>;
};

export type Next = { readonly step: Step; readonly afterMs: number };

/** One thing somebody does: the action of the process, who, and with what, its words as text. */
export type Step = {
  readonly action: string;
  readonly by: Role;
  readonly input?: Readonly<Record<string, unknown>>;
  /** Why a guard should yield, and who approved. */
  readonly bend?: { readonly reason: string; readonly approver: Role };
  /** Left out where the kernel refuses it. */
  readonly optional?: true;
};
