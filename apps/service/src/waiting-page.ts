import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the service is busy with before it can answer; `share` from 0 to 1 where it is known. */
export type Waiting = { readonly step: 'opening' | 'demo' | 'closing'; readonly share?: number };

const RETRY_SECONDS = 3;

const WORDS = {
  opening: { zh: '正在打开数据库……', en: 'The database is being opened…' },
  demo: { zh: '一座虚构的城市正在醒来……', en: 'A made-up town is coming alive…' },
  closing: { zh: '服务正在停止。', en: 'The service is stopping.' },
} as const;

/**
 * Answers a request that comes too early: 503 with `Retry-After`, as a page that looks again by itself, or as problem+json (RFC 9457) for
 * programs. `/healthz` is well: the process lives.
 */
export function waitingAnswer(waiting: Waiting, request: IncomingMessage, response: ServerResponse): void {
  const { url = '/', headers } = request;
  if (url.split('?')[0] === '/healthz') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    return;
  }
  const isPage = !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html');
  response.writeHead(503, {
    'retry-after': String(RETRY_SECONDS),
    'cache-control': 'no-store',
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/problem+json',
  });
  response.end(isPage ? waitingPage(waiting) : waitingProblem(waiting));
}

export function waitingProblem({ step, share }: Waiting): string {
  const { zh, en } = WORDS[step];
  return JSON.stringify({
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    code: 'not-ready',
    detail: `${en} ${zh}`,
    ...(share === undefined ? {} : { share }),
  });
}

export function waitingPage({ step, share }: Waiting): string {
  const { zh, en } = WORDS[step];
  const percent = share === undefined ? '' : `${Math.floor(100 * share)} %`;
  const bar =
    share === undefined ? '<progress></progress>' : `<progress max="1" value="${share}"></progress>`;
  return `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${RETRY_SECONDS}">
<title>格治 Gezhi</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}progress{width:100%}</style>
<h1>格治 Gezhi</h1>
<p>${zh}<br><span lang="en">${en}</span></p>
<p>${bar} ${percent}</p>
<p><small>本页会自动刷新。<span lang="en">This page looks again by itself.</span></small></p>
</html>
`;
}
