import { parentPort, workerData } from 'node:worker_threads';
import { findTopics, maskText } from '@gezhi/text';
import type { TopicsOrder } from './find-apart.ts';

const { messages, from, to, previous, isPublic } = workerData as TopicsOrder;
const mask = (text: string): string => maskText(text).masked;
parentPort?.postMessage(findTopics(messages, { from, to, mask, previous, isPublic }));
