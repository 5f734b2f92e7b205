import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { beginChat, forgetChat, getChat, getReport, say as sayInChat } from '../api/calls.js';
import { Fault, faultWords } from '../api/http.js';
import type { Answer, ChatView, InterviewView } from '../api/types.js';
import { useSay } from '../i18n.js';
import { recall, remember } from '../memory.js';
import { download } from '../parts/download.js';
import { navigate, usePlace } from '../router.js';

/** One question and what came of it. */
export interface Exchange {
  /** The message's own key: a retry with it is answered once. */
  key: string;
  /** '' where the interview was begun by its button. */
  question: string;
  kind: 'message' | 'interview';
  sentences: string[];
  answer: Answer | null;
  /** Where the interview stood with this answer; null outside of one. */
  interview: InterviewView | null;
  /** Why no answer came, in words. */
  fault: string | null;
  /** It takes longer than it should; the connection is being tried again. */
  slow: boolean;
  /** Asked on this page, not read from the store: new answers are announced, old ones are not. */
  fresh: boolean;
}

/** Pauses before a lost message is sent again, in milliseconds: a server that restarts is back within some seconds. */
const PAUSES = [600, 1500, 3000, 5000, 8000];

/** A talk with the server: begun, resumed by its link or from this device, continued, forgotten. */
export function useChat() {
  const words = useSay();
  const { query } = usePlace();
  const linked = query.get('chat');
  const [id, setId] = useState<string | null>(() => linked ?? recall('chat'));
  const [exchanges, setExchanges] = useState<Exchange[]>([]);
  const [interview, setInterview] = useState<InterviewView | null>(null);
  const [loading, setLoading] = useState(id !== null);
  const [failed, setFailed] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const [reportsAsked, setReportsAsked] = useState(0);
  const current = useRef<AbortController | null>(null);
  const loadedId = useRef<string | null>(null);

  // A link opened, the back button, or the other tab's chat: whatever the address says is shown.
  useEffect(() => {
    if (linked !== null && linked !== id) setId(linked);
  }, [linked, id]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: round asks for another try
  useEffect(() => {
    if (id === null || loadedId.current === id) return;
    const gone = new AbortController();
    setLoading(true);
    setFailed(null);
    getChat(id, gone.signal).then(
      (view) => {
        loadedId.current = view.id;
        remember('chat', view.id);
        setExchanges(fromView(view));
        setInterview(view.interview);
        setLoading(false);
        if (linked !== view.id) navigate(`/?chat=${view.id}`, { replace: true });
      },
      (error) => {
        if (gone.signal.aborted) return;
        setLoading(false);
        if (error instanceof Fault && error.status === 404) {
          // Forgotten or never begun: a new talk, and the dead link goes from the address.
          remember('chat', null);
          setId(null);
          setExchanges([]);
          navigate('/', { replace: true });
        } else setFailed(error);
      },
    );
    return () => gone.abort();
  }, [id, round]);

  useEffect(() => () => current.current?.abort(), []);

  // Another tab may have gone on with the same talk, or had it forgotten: look again when this one is looked at.
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== 'visible' || id === null || current.current) return;
      getChat(id).then(
        (view) => {
          if (current.current) return;
          setExchanges((all) => (fromView(view).length > all.length ? fromView(view) : all));
          setInterview(view.interview);
        },
        (error) => {
          if (!(error instanceof Fault && error.status === 404) || current.current) return;
          loadedId.current = null;
          remember('chat', null);
          setId(null);
          setExchanges([]);
          setInterview(null);
          navigate('/', { replace: true });
        },
      );
    };
    document.addEventListener('visibilitychange', look);
    addEventListener('focus', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      removeEventListener('focus', look);
    };
  }, [id]);

  const update = useCallback(
    (key: string, change: Partial<Exchange> | ((old: Exchange) => Partial<Exchange>)) => {
      setExchanges((all) =>
        all.map((one) =>
          one.key === key ? { ...one, ...(typeof change === 'function' ? change(one) : change) } : one,
        ),
      );
    },
    [],
  );

  const begin = useCallback(async (): Promise<string> => {
    if (id !== null) return id;
    const view = await beginChat();
    loadedId.current = view.id;
    remember('chat', view.id);
    setId(view.id);
    navigate(`/?chat=${view.id}`, { replace: true });
    return view.id;
  }, [id]);

  const run = useCallback(
    async (exchange: Exchange) => {
      const stop = new AbortController();
      current.current = stop;
      setBusy(true);
      update(exchange.key, { fault: null, sentences: [], slow: false });
      try {
        for (let attempt = 0; ; attempt++) {
          try {
            const chat = await begin();
            const reply = await sayInChat(
              chat,
              exchange.kind === 'message'
                ? { kind: 'message', text: exchange.question }
                : { kind: 'interview' },
              {
                key: exchange.key,
                signal: stop.signal,
                onSentence: (text) =>
                  update(exchange.key, (old) => ({ sentences: [...old.sentences, text] })),
              },
            );
            const answer = { ...reply.answer, suggestions: reply.suggestions ?? reply.answer.suggestions };
            update(exchange.key, { answer, interview: reply.interview, slow: false });
            setInterview(reply.interview);
            if (reply.wants === 'report') setReportsAsked((n) => n + 1);
            return;
          } catch (error) {
            const pause = PAUSES[attempt];
            if (!mayRetry(error) || pause === undefined) throw error;
            update(exchange.key, { slow: true, sentences: [] });
            await wait(pause, stop.signal);
          }
        }
      } catch (error) {
        const fault = stop.signal.aborted ? words('chat.stopped') : faultWords(error, words);
        if (error instanceof Fault && error.status === 404) {
          // The chat was forgotten in another tab: the next try begins a new one.
          remember('chat', null);
          loadedId.current = null;
          setId(null);
          navigate('/', { replace: true });
        }
        update(exchange.key, { fault, slow: false, sentences: [] });
      } finally {
        if (current.current === stop) current.current = null;
        setBusy(false);
      }
    },
    [begin, update, words],
  );

  const add = useCallback(
    (kind: Exchange['kind'], question: string) => {
      const exchange: Exchange = { ...EMPTY, key: newKey(), kind, question, fresh: true };
      setExchanges((all) => [...all, exchange]);
      void run(exchange);
    },
    [run],
  );

  return useMemo(
    () => ({
      id,
      exchanges,
      loading,
      failed,
      busy,
      interviewing: interview?.active ?? false,
      reportable: interview?.report ?? false,
      /** How many times the report was asked for in words or by a suggested button. */
      reportsAsked,
      send: (text: string) => add('message', text),
      interview: () => add('interview', ''),
      retry: (exchange: Exchange) => void run(exchange),
      stop: () => current.current?.abort(),
      reload: () => setRound((n) => n + 1),
      /** Leaves this talk (its link keeps it) and begins another. */
      restart: () => {
        current.current?.abort();
        remember('chat', null);
        loadedId.current = null;
        setId(null);
        setExchanges([]);
        setInterview(null);
        navigate('/');
      },
      /** Has the server delete everything of this talk. @throws Fault */
      forget: async () => {
        current.current?.abort();
        if (id !== null) {
          await forgetChat(id).catch((error) => {
            if (!(error instanceof Fault && error.status === 404)) throw error;
          });
        }
        remember('chat', null);
        loadedId.current = null;
        setId(null);
        setExchanges([]);
        setInterview(null);
        navigate('/', { replace: true });
      },
      /** @throws Fault */
      download: async () => {
        if (id === null) return;
        const { name, blob } = await getReport(id);
        download(name, blob);
      },
    }),
    [id, exchanges, reportsAsked, loading, failed, busy, interview, add, run],
  );
}

const EMPTY = { sentences: [], answer: null, interview: null, fault: null, slow: false };

function fromView(view: ChatView): Exchange[] {
  const out: Exchange[] = [];
  let question = '';
  view.turns.forEach((turn, at) => {
    if (turn.role === 'user') {
      question = turn.text;
      return;
    }
    const answer =
      at === view.turns.length - 1 ? { ...turn.answer, suggestions: view.suggestions } : turn.answer;
    out.push({
      ...EMPTY,
      key: `kept-${at}`,
      kind: 'message',
      question,
      answer,
      interview: turn.interview,
      fresh: false,
    });
    question = '';
  });
  return out;
}

/** A lost connection and a server that is just starting or stopping; never a refusal. */
function mayRetry(error: unknown): boolean {
  return error instanceof Fault && [0, 502, 503, 504].includes(error.status);
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** randomUUID is there only over https and on loopback; a key need not be secret, only its own. */
function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
