import type { Actor } from '@gezhi/cases';

/** Whoever runs a command at the shell: the role `operator` of the power lists, without post or name. */
export const OPERATOR: Actor = { post: 'operator' };
