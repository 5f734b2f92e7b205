import { useEffect, useState } from 'react';
import { recall, remember } from '../memory.js';

/** Keys by name: `/`, `?`, `c`, `1` … `9`, `mod+k`, `Escape`. */
export type Keys = Record<string, (event: KeyboardEvent) => void>;

/**
 * Keys of the whole page. A single character counts only outside of fields, and only while the reader has not switched the
 * single keys off (WCAG 2.1.4).
 */
export function useKeys(keys: Keys, singles: boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      const mod = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const name = mod ? `mod+${key}` : key;
      const handler = keys[name];
      if (!handler || event.altKey) return;
      const single = !mod && event.key.length === 1;
      if (single && (!singles || inField(event.target) || document.querySelector('[aria-modal="true"]')))
        return;
      handler(event);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [keys, singles]);
}

function inField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

/** Whether single keys are on, as this device remembers it. */
export function useSingles(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => recall('singleKeys') !== 'off');
  return [
    on,
    (next) => {
      setOn(next);
      remember('singleKeys', next ? null : 'off');
    },
  ];
}
