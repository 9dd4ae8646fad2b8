import { sayMoment } from './moment.ts';
import type { Discovery, Endpoint } from './port.ts';
import { escapeXml } from './write-xml.ts';

/** The discovery document for people, in Chinese and English: one page without script, style or picture of its own. */
export function writeDiscoveryHtml(discovery: Discovery): string {
  return `<!DOCTYPE html>
<html lang="zh">
<head><meta charset="utf-8"><title>Open311 GeoReport v2</title></head>
<body>
<h1>Open311 GeoReport v2</h1>
<dl>
<dt>联系方式 <span lang="en">Contact</span></dt><dd>${paragraph(discovery.contact)}</dd>
<dt>申请接口密钥 <span lang="en">API key</span></dt><dd>${paragraph(discovery.keyService)}</dd>
<dt>更新时间 <span lang="en">Changed</span></dt><dd>${sayMoment(discovery.changeset)}</dd>
</dl>
<h2>接口 <span lang="en">Endpoints</span></h2>
<ul>
${discovery.endpoints.map(endpointItem).join('\n')}
</ul>
</body>
</html>
`;
}

function endpointItem(endpoint: Endpoint): string {
  const kind =
    endpoint.type === 'test' ? '测试 <span lang="en">test</span>' : '正式 <span lang="en">production</span>';
  return `<li>${link(endpoint.url)} · ${kind} · ${sayMoment(endpoint.changeset)}</li>`;
}

function paragraph(text: string): string {
  return /^(?:https?:\/\/|mailto:)\S+$/i.test(text) ? link(text) : escapeXml(text);
}

function link(address: string): string {
  const safe = escapeXml(address);
  return /^(?:https?:|mailto:)/i.test(address) ? `<a href="${safe}">${safe}</a>` : safe;
}
