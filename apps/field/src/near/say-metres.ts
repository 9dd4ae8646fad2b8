import type { Language } from '@gezhi/ui';

/** How far: to ten metres below a kilometre, to a hundred above. */
export function sayMetres(metres: number, language: Language): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const [value, unit] =
    metres < 1000
      ? [Math.round(metres / 10) * 10, 'meter' as const]
      : [Math.round(metres / 100) / 10, 'kilometer' as const];
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: language === 'zh' ? 'long' : 'short',
  }).format(value);
}
