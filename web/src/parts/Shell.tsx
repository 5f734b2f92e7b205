import DesktopOutlined from '@ant-design/icons/es/icons/DesktopOutlined';
import MoonOutlined from '@ant-design/icons/es/icons/MoonOutlined';
import SunOutlined from '@ant-design/icons/es/icons/SunOutlined';
import { type ReactNode, useEffect } from 'react';
import { useLocale } from '../i18n.js';
import { Link, tookFromLink, usePlace } from '../router.js';
import { type Choice, useShade } from '../theme.js';
import { OfflineStrip } from './States.js';

const NEXT: Record<Choice, Choice> = { auto: 'dark', dark: 'light', light: 'auto' };

/** The bar of every page: the name, where one can go, language and shade, and what the page adds. */
export function Shell(props: {
  title: string;
  /** Links of this side of the house: visitors and staff see different ones. */
  links: { href: string; label: string }[];
  tools?: ReactNode;
  skip: { href: string; label: string };
  children: ReactNode;
}) {
  const { say, language, setLanguage } = useLocale();
  const { choice, choose } = useShade();
  const { path } = usePlace();
  useEffect(() => {
    document.title = `${props.title} · ${say('brand')}`;
  }, [props.title, say]);
  // As after a page load, whoever followed a link begins at the new page, not where the link was.
  useEffect(() => {
    if (tookFromLink()) document.querySelector('main')?.focus({ preventScroll: true });
  }, []);
  const Icon = choice === 'auto' ? DesktopOutlined : choice === 'dark' ? MoonOutlined : SunOutlined;
  return (
    <>
      <a className="skip" href={props.skip.href}>
        {props.skip.label}
      </a>
      <header className="bar">
        <span className="brand">
          <Link href={props.links[0]?.href ?? '/'}>
            <span className="seal" aria-hidden="true">
              策
            </span>
            <span className="name">{say('brand')}</span>
          </Link>
        </span>
        <nav aria-label={say('nav.label')}>
          {props.links.map(({ href, label }) => (
            <Link key={href} href={href} aria-current={isHere(path, href) ? 'page' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        <div className="tools">
          {props.tools}
          <button
            type="button"
            className="tool"
            lang={language === 'zh' ? 'en' : 'zh-CN'}
            onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
          >
            <span>
              {language === 'zh' ? 'EN' : '中'}
              <span className="aloud">{language === 'zh' ? ' English' : '文界面'}</span>
            </span>
          </button>
          <button
            type="button"
            className="tool"
            aria-label={say(`shade.${choice}`)}
            title={say(`shade.${choice}`)}
            onClick={() => choose(NEXT[choice])}
          >
            <Icon aria-hidden="true" />
          </button>
        </div>
      </header>
      <OfflineStrip />
      {props.children}
    </>
  );
}

function isHere(path: string, href: string): boolean {
  return href === path || (href !== '/' && href !== '/console' && path.startsWith(`${href}/`));
}
