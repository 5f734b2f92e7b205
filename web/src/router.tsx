import {
  type AnchorHTMLAttributes,
  createContext,
  type MouseEvent,
  useContext,
  useEffect,
  useState,
} from 'react';

/** Where the reader is, as the address bar says. */
export interface Place {
  path: string;
  query: URLSearchParams;
  /** Without the #, decoded; '' when absent. */
  hash: string;
}

const PlaceContext = createContext<Place>(read());

function read(): Place {
  return {
    path: location.pathname.replace(/\/+$/, '') || '/',
    query: new URLSearchParams(location.search),
    hash: decode(location.hash.slice(1)),
  };
}

/** A part of an address as text; a malformed escape stays as it is. */
export function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Set when a link led to another page, until that page has taken the focus. */
let moved = false;

/** Whether the page that asks was come to by a link on this site; true once. */
export function tookFromLink(): boolean {
  const was = moved;
  moved = false;
  return was;
}

/** Goes to an address of this site without loading the page anew; another page begins at its top. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  const other = new URL(to, location.href).pathname !== location.pathname;
  if (options.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  if (other && !options.replace) {
    moved = true;
    scrollTo(0, 0);
  }
  dispatchEvent(new Event('wence:place'));
}

export function Router({ children }: { children: React.ReactNode }) {
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const update = () => setPlace(read());
    const events = ['popstate', 'hashchange', 'wence:place'];
    for (const name of events) addEventListener(name, update);
    return () => {
      for (const name of events) removeEventListener(name, update);
    };
  }, []);
  return <PlaceContext.Provider value={place}>{children}</PlaceContext.Provider>;
}

export const usePlace = (): Place => useContext(PlaceContext);

/** An ordinary link that stays in the page; with a modifier key or another target the browser does as always. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (event.defaultPrevented || !plain || rest.target) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={go} {...rest} />;
}
