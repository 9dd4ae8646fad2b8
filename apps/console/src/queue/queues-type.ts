import type { Answer } from '@gezhi/ui';

/** The work queues of a post, as the service names and counts them. */
export type Queues = Answer<'listQueues'>['queues'];
