import { useCallback, useEffect, useState } from 'react';

export type Loaded<T> =
  | { state: 'loading' }
  | { state: 'failed'; error: unknown }
  | { state: 'ready'; data: T };

/**
 * Fetches for as long as the page shows it, and again when `key` changes or on `reload`. An answer that comes too late is
 * dropped.
 * @param key null fetches nothing
 */
export function useData<T>(
  key: string | null,
  fetcher: (signal: AbortSignal) => Promise<T>,
): Loaded<T> & { reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the fetcher, which is new at each render
  useEffect(() => {
    if (key === null) return;
    const gone = new AbortController();
    setLoaded({ state: 'loading' });
    fetcher(gone.signal).then(
      (data) => !gone.signal.aborted && setLoaded({ state: 'ready', data }),
      (error) => !gone.signal.aborted && setLoaded({ state: 'failed', error }),
    );
    return () => gone.abort();
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  return { ...loaded, reload };
}
