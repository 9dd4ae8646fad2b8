import { useLanguage } from '@gezhi/ui';
import { ConfigProvider, type ThemeConfig, theme } from 'antd';
import enLocale from 'antd/locale/en_US';
import zhLocale from 'antd/locale/zh_CN';
import { type ReactNode, useSyncExternalStore } from 'react';

/** Ant Design in the house's colours, light or dark as the machine asks, and with the nonce that the page was given for its styles. */
export function House({ children }: { readonly children: ReactNode }): ReactNode {
  const { language } = useLanguage();
  const isDark = useSyncExternalStore(watchDark, () => DARK.matches);
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhLocale : enLocale}
      theme={isDark ? DARK_HOUSE : LIGHT_HOUSE}
      csp={{ nonce: NONCE }}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  );
}

const DARK = matchMedia('(prefers-color-scheme: dark)');
const NONCE = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

function watchDark(onChange: () => void): () => void {
  DARK.addEventListener('change', onChange);
  return () => DARK.removeEventListener('change', onChange);
}

const COMMON = {
  borderRadius: 6,
  fontSize: 14,
  controlHeight: 34,
  motionDurationMid: '0.12s',
  wireframe: false,
};
const FONT = getComputedStyle(document.body).fontFamily;

/** The same colours as the tokens of `@gezhi/ui/style.css`, because Ant Design reckons shades from them and cannot read variables. */
const LIGHT_HOUSE: ThemeConfig = {
  algorithm: [theme.defaultAlgorithm, theme.compactAlgorithm],
  token: {
    ...COMMON,
    fontFamily: FONT,
    colorPrimary: '#0b6166',
    colorLink: '#0b5a78',
    colorError: '#a81e1e',
    colorSuccess: '#14653a',
    colorWarning: '#6b4a00',
    colorTextBase: '#16211f',
    colorBgBase: '#ffffff',
    colorBgLayout: '#f4f6f5',
    colorTextDescription: '#51605d',
    colorTextPlaceholder: '#66736f',
  },
};

const DARK_HOUSE: ThemeConfig = {
  algorithm: [theme.darkAlgorithm, theme.compactAlgorithm],
  token: {
    ...COMMON,
    fontFamily: FONT,
    colorPrimary: '#2aa7a4',
    colorLink: '#8ad3e8',
    colorError: '#ff9d94',
    colorSuccess: '#8ddbab',
    colorWarning: '#f2cf7c',
    colorTextBase: '#e8efed',
    colorBgBase: '#17201f',
    colorBgLayout: '#0f1615',
    colorTextDescription: '#a9b8b4',
    colorTextPlaceholder: '#93a29e',
  },
};
