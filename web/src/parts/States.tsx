import Button from 'antd/es/button';
import { type ReactNode, useEffect, useState } from 'react';
import { Fault, faultWords } from '../api/http.js';
import { useSay } from '../i18n.js';

/** Something is on its way. Announced once, quietly. */
export function Loading({ lines = 6 }: { lines?: number }) {
  const say = useSay();
  return (
    <div role="status">
      <span className="aloud">{say('state.loading')}</span>
      <div className="bones" aria-hidden="true">
        {Array.from({ length: lines }, (_, at) => (
          <i key={`${at}`} />
        ))}
      </div>
    </div>
  );
}

/** Nothing here (yet), and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <svg width="56" height="44" viewBox="0 0 56 44" fill="none" aria-hidden="true">
        <rect x="9" y="3" width="30" height="38" rx="4" stroke="var(--edge)" strokeWidth="2" />
        <path d="M17 14h14M17 22h14M17 30h8" stroke="var(--edge)" strokeWidth="2" strokeLinecap="round" />
        <circle cx="41" cy="31" r="8" fill="var(--paper)" stroke="var(--brand)" strokeWidth="2" />
        <path d="m47 37 5 5" stroke="var(--brand)" strokeWidth="2" strokeLinecap="round" />
      </svg>
      <p>{title}</p>
      {children}
    </div>
  );
}

/** What went wrong, in words, and the way to try again. */
export function Failed({
  error,
  onRetry,
  inline,
}: {
  error: unknown;
  onRetry?: () => void;
  inline?: boolean;
}) {
  const say = useSay();
  const gone = error instanceof Fault && error.status === 404;
  return (
    <div className={inline ? 'state inline' : 'state'} role="alert">
      {!inline && (
        <svg width="48" height="48" viewBox="0 0 48 48" fill="none" aria-hidden="true">
          <circle cx="24" cy="24" r="20" stroke="var(--edge)" strokeWidth="2" />
          <path d="M24 14v13M24 33v1" stroke="var(--brand)" strokeWidth="3" strokeLinecap="round" />
        </svg>
      )}
      {faultWords(error, say)
        .split('\n')
        .map((line, at) => (
          <p key={line} className={at > 0 ? 'small' : undefined}>
            {line}
          </p>
        ))}
      {onRetry && !gone && <Button onClick={onRetry}>{say('state.retry')}</Button>}
    </div>
  );
}

/** A strip under the bar while the device has no network. */
export function OfflineStrip() {
  const say = useSay();
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const update = () => setOnline(navigator.onLine);
    addEventListener('online', update);
    addEventListener('offline', update);
    return () => {
      removeEventListener('online', update);
      removeEventListener('offline', update);
    };
  }, []);
  return (
    <div className="strip" role="status">
      {!online && <p className="offline">{say('state.offline')}</p>}
    </div>
  );
}
