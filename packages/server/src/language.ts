export type Language = 'zh' | 'en';

/** The language of answers, by `Accept-Language`: the better liked of Chinese and English; English where neither is named. */
export function languageOf(header: string | undefined): Language {
  let best: Language = 'en';
  let most = 0;
  for (const part of header?.split(',') ?? []) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((value) => value !== undefined);
    const liked = q === undefined ? 1 : Number(q);
    const language = tag.startsWith('zh') ? 'zh' : tag.startsWith('en') ? 'en' : undefined;
    if (!language || !(liked > most)) continue;
    best = language;
    most = liked;
  }
  return best;
}
