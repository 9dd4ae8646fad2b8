import type { Answer } from '@gezhi/ui';

export type Story = Answer<'tellCase'>;
