import type { Answer } from '@gezhi/ui';

/** A topic as the API tells it. */
export type Topic = Answer<'readTopics'>['topics'][number];
