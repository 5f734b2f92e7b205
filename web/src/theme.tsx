import XProvider from '@ant-design/x/es/x-provider';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import theme from 'antd/es/theme';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { useLocale } from './i18n.js';
import { recall, remember } from './memory.js';

export type Shade = 'light' | 'dark';
/** What the reader chose; `auto` follows the system. */
export type Choice = Shade | 'auto';

const ShadeContext = createContext<{ choice: Choice; shade: Shade; choose(choice: Choice): void } | null>(
  null,
);

/** The server's one-time word that lets antd's style elements through the content-security policy. */
const NONCE = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;

// Some parts inside antd (scroll locking, measuring) make style elements and forget the nonce that antd was given.
const createElement = document.createElement.bind(document);
document.createElement = (tag: string, options?: ElementCreationOptions) => {
  const element = createElement(tag, options);
  if (NONCE && element instanceof HTMLStyleElement) element.nonce = NONCE;
  return element;
};

// The same colours as in base.css, where the page's own styles read them.
const TOKENS = {
  light: {
    colorPrimary: '#0b655e',
    colorLink: '#0b655e',
    colorLinkHover: '#084b46',
    colorInfo: '#0b655e',
    colorSuccess: '#256b34',
    colorWarning: '#8a5a00',
    colorError: '#b3261e',
    colorTextBase: '#1b2423',
    colorTextPlaceholder: '#65706e',
    colorTextDescription: '#55615f',
    colorTextTertiary: '#55615f',
    colorBgLayout: '#f4f6f5',
  },
  dark: {
    colorPrimary: '#7fdacd',
    colorLink: '#82d3c8',
    colorLinkHover: '#a5e4db',
    colorInfo: '#7fdacd',
    colorSuccess: '#8fd69c',
    colorWarning: '#e8bd6a',
    colorError: '#ffb9b2',
    colorBgBase: '#12181a',
    colorBgContainer: '#1a2224',
    colorBgElevated: '#1f292b',
    colorTextBase: '#e9eeec',
    colorTextPlaceholder: '#94a09d',
    colorTextDescription: '#a3afac',
    colorTextTertiary: '#a3afac',
    colorBgLayout: '#12181a',
  },
} as const;

const CSP = { nonce: NONCE };
const FONT =
  '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", system-ui, sans-serif';

export function ThemeProvider({ children }: { children: React.ReactNode }) {
  const { language } = useLocale();
  const [choice, choose] = useState<Choice>(() => {
    const kept = recall('shade');
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  });
  const dark = useMedia('(prefers-color-scheme: dark)');
  const calm = useMedia('(prefers-reduced-motion: reduce)');
  const shade: Shade = choice === 'auto' ? (dark ? 'dark' : 'light') : choice;

  useEffect(() => {
    document.documentElement.dataset.shade = shade;
    remember('shade', choice === 'auto' ? null : choice);
  }, [shade, choice]);

  const config = useMemo(
    () => ({
      algorithm: shade === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
      token: {
        ...TOKENS[shade],
        fontFamily: FONT,
        fontSize: 15,
        borderRadius: 8,
        controlHeight: 36,
        motion: !calm,
        wireframe: false,
      },
      components: shade === 'dark' ? { Button: { primaryColor: '#0c1413', dangerColor: '#2b0d0a' } } : {},
    }),
    [shade, calm],
  );
  const value = useMemo(() => ({ choice, shade, choose }), [choice, shade]);
  return (
    <ShadeContext.Provider value={value}>
      <XProvider
        locale={language === 'en' ? enUS : zhCN}
        theme={config}
        csp={CSP}
        button={{ autoInsertSpace: false }}
        wave={{ disabled: calm }}
      >
        {children}
      </XProvider>
    </ShadeContext.Provider>
  );
}

export function useShade() {
  const value = useContext(ShadeContext);
  if (!value) throw new TypeError('useShade needs a ThemeProvider above it');
  return value;
}

/** Whether a media query holds, followed as it changes. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = () => setHolds(list.matches);
    update();
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, [query]);
  return holds;
}
