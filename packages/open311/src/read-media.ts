import { type Arguments, bad, checkLength, short } from './arguments.ts';
import type { UploadedFile } from './port.ts';
import type { Problem } from './problem.ts';

/** The most files, and the most addresses of media, that one call may bring. */
export const MEDIA_MAX = 20;

const MEDIA_URL_CHARS_MAX = 2_000;

/** `file_…` and `photo1` … `photoN` as mySociety sends them, `media` as Helsinki and Bloomington do, each with or without `[]`. */
const FILE_FIELD = /^(?:file(?:_.*|\d*)|photo\d*|media)(?:\[\d*\])?$/;

/** `media_url`, repeatable, also as `media_url[]`: a web address, or an image within the address (`data:…;base64,…`). */
export function readMediaUrls(args: Arguments, problems: Problem[]): readonly string[] {
  const urls = [...new Set([...args.all('media_url'), ...args.all('media_url[]')])];
  for (const url of urls) checkUrl(url, problems);
  if (urls.length > MEDIA_MAX)
    bad(problems, `media_url is given ${urls.length} times; at most ${MEDIA_MAX} are taken.`);
  return urls;
}

function checkUrl(url: string, problems: Problem[]): void {
  if (/^data:[a-z]+\/[a-z0-9.+-]+;base64,/i.test(url)) return;
  checkLength(url, 'media_url', problems, MEDIA_URL_CHARS_MAX);
  const protocol = URL.parse(url)?.protocol;
  if (protocol !== 'https:' && protocol !== 'http:') {
    bad(problems, `media_url must be an http, https or base64 data address, not "${short(url)}".`);
  }
}

/** The uploaded files that hold something; a browser sends an empty one for a field that was left alone. */
export function readFiles(files: readonly UploadedFile[], problems: Problem[]): readonly UploadedFile[] {
  const filled = files.filter(({ filename, bytes }) => filename !== '' || bytes.length > 0);
  for (const { field, bytes } of filled) {
    if (!FILE_FIELD.test(field)) {
      bad(problems, `A file came in the field "${short(field)}"; use media, photo1, photo2 … or file_….`);
    } else if (bytes.length === 0) bad(problems, `The file in "${short(field)}" is empty.`);
  }
  if (filled.length > MEDIA_MAX)
    bad(problems, `${filled.length} files came; at most ${MEDIA_MAX} are taken.`);
  return filled;
}
