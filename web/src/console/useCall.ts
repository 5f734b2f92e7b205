import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ask, compare, getVerdicts, search } from '../api/calls.js';
import type { Answer, ClauseHit, Subject, Verdicts } from '../api/types.js';

interface Said {
  role: 'user' | 'assistant';
  text: string;
}

/** How long the console waits after a key before it reads what was typed, in milliseconds. */
const PAUSE = 220;
/** Characters of a question that may name a matter to compare. */
const WORDS = 200;

/**
 * One caller at the hotline: what was asked and answered, and what is known of the caller. The facts are those the server
 * reads from the words (typed or asked), under those that staff set by hand; the verdicts follow at once.
 */
export function useCall() {
  const [draft, setDraft] = useState('');
  const [subject, setSubject] = useState<Subject>('lead');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [hits, setHits] = useState<ClauseHit[]>([]);
  /** The matter across all cities, where what was asked names one. */
  const [compared, setCompared] = useState<Answer | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [said, setSaid] = useState<Said[]>([]);
  /** What was set by hand in the panel; null takes away what the words gave. */
  const [byHand, setByHand] = useState<Record<string, unknown>>({});
  const [live, setLive] = useState<Verdicts | null>(null);
  const [liveFault, setLiveFault] = useState<unknown>(null);
  const [reading, setReading] = useState(false);
  const current = useRef<AbortController | null>(null);

  // The panel follows the box: what is typed counts already, before it is asked.
  const typed = draft.trim();
  useEffect(() => {
    const gone = new AbortController();
    const timer = setTimeout(
      () => {
        setReading(true);
        getVerdicts(
          { facts: byHand, history: said, subject, ...(typed === '' ? {} : { text: typed }) },
          gone.signal,
        ).then(
          (verdicts) => {
            if (gone.signal.aborted) return;
            setLive(verdicts);
            setLiveFault(null);
            setReading(false);
          },
          (error) => {
            if (gone.signal.aborted) return;
            setLiveFault(error);
            setReading(false);
          },
        );
      },
      typed === '' ? 0 : PAUSE,
    );
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [typed, byHand, said, subject]);

  const askNow = useCallback(
    async (question: string) => {
      const text = question.trim();
      if (text === '') return;
      current.current?.abort();
      const gone = new AbortController();
      current.current = gone;
      setAsking(text);
      setFault(null);
      search(text, 6, gone.signal).then(
        (found) => !gone.signal.aborted && setHits(found.hits),
        () => !gone.signal.aborted && setHits([]),
      );
      compare(text.slice(0, WORDS), gone.signal).then(
        (found) => !gone.signal.aborted && setCompared(found.answer),
        () => !gone.signal.aborted && setCompared(null),
      );
      try {
        const reply = await ask({ question: text, history: said.slice(-20) }, gone.signal);
        if (gone.signal.aborted) return;
        setAnswer(reply);
        setSaid((all) => [...all, { role: 'user', text }, { role: 'assistant', text: reply.text }]);
        setDraft('');
      } catch (error) {
        if (!gone.signal.aborted) setFault(error);
      } finally {
        if (current.current === gone) {
          current.current = null;
          setAsking(null);
        }
      }
    },
    [said],
  );

  return useMemo(
    () => ({
      draft,
      setDraft,
      subject,
      setSubject,
      answer,
      setAnswer,
      hits,
      compared,
      asking,
      fault,
      live,
      liveFault,
      reading,
      byHand,
      ask: askNow,
      setFact: (id: string, value: unknown) => setByHand((all) => ({ ...all, [id]: value })),
      /** The next caller: nothing of this one stays. */
      next: () => {
        current.current?.abort();
        setDraft('');
        setAnswer(null);
        setHits([]);
        setCompared(null);
        setFault(null);
        setSaid([]);
        setByHand({});
      },
    }),
    [draft, subject, answer, hits, compared, asking, fault, live, liveFault, reading, byHand, askNow],
  );
}
