import { z } from 'zod';
import { named, short } from './named.ts';

const district = z.object({ district: short(24).optional() });

/** Chosen once by the sender, and as hard to guess as a UUID. */
export const uploadId = z.string().regex(/^[A-Za-z0-9-]{16,80}$/, 'is 16 to 80 letters, digits and hyphens');
const byId = z.object({ id: uploadId });

/** How much is here: go on from there. */
const uploaded = named('Uploaded', z.object({ offset: z.number().int().min(0) }));

export const UPLOAD_ROUTES = {
  getUpload: {
    summary: { zh: '分段上传：已收到多少', en: 'How much of a file that comes in pieces is here' },
    auth: 'open',
    params: byId,
    query: district,
    answers: { 200: uploaded },
  },
  putUpload: {
    summary: {
      zh: '分段上传：从已收到处接着发（照片或录音）',
      en: 'The next piece of a photo or a sound; what does not begin where the last ended is left aside',
    },
    auth: 'open',
    params: byId,
    query: district.extend({ offset: z.coerce.number().int().min(0) }),
    takes: ['application/octet-stream'],
    answers: { 200: uploaded },
  },
} as const;
