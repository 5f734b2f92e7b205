import CopyOutlined from '@ant-design/icons/es/icons/CopyOutlined';
import FileTextOutlined from '@ant-design/icons/es/icons/FileTextOutlined';
import FlagOutlined from '@ant-design/icons/es/icons/FlagOutlined';
import Drawer from 'antd/es/drawer';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { getAnswer, listFacts } from '../api/calls.js';
import { Fault } from '../api/http.js';
import { useSay } from '../i18n.js';
import { Blocks, Sources } from '../parts/Blocks.js';
import { copyText } from '../parts/copy.js';
import { download } from '../parts/download.js';
import { Failed, Loading } from '../parts/States.js';
import { useData } from '../parts/useData.js';
import { useTitles } from '../parts/useTitles.js';
import { Link } from '../router.js';
import { useMedia } from '../theme.js';
import { DocumentPane, type Place } from './DocumentPane.js';
import { FactsPanel } from './FactsPanel.js';
import { HistoryPane, UnansweredPane } from './HistoryPane.js';
import { KeysSheet } from './KeysSheet.js';
import { MarkForm } from './MarkForm.js';
import { plainReply, replyFileName } from './reply.js';
import { StaffShell } from './StaffShell.js';
import { useCall } from './useCall.js';
import { type Keys, useKeys, useSingles } from './useKeys.js';

/** The hotline console: one box, one answer to read aloud, the clause beside it, the caller's facts and what follows. */
export default function ConsolePage() {
  const say = useSay();
  const [help, setHelp] = useState(false);
  return (
    <StaffShell
      title={say('console.title')}
      skip={{ href: '#search', label: say('console.skip') }}
      tools={
        <button type="button" className="tool" aria-label={say('keys.title')} onClick={() => setHelp(true)}>
          ?
        </button>
      }
    >
      {(onRefused) => <Desk help={help} setHelp={setHelp} onRefused={onRefused} />}
    </StaffShell>
  );
}

type Side = 'document' | 'history' | 'unanswered';

function Desk(props: { help: boolean; setHelp: (open: boolean) => void; onRefused: () => void }) {
  const say = useSay();
  const call = useCall();
  const { cityOf, titleOf } = useTitles(true);
  const specs = useData('facts', listFacts);
  const wide = useMedia('(min-width: 1200px)');
  const [place, setPlace] = useState<Place | null>(null);
  const [cited, setCited] = useState<number | null>(null);
  const [side, setSide] = useState<Side>('history');
  const [drawer, setDrawer] = useState(false);
  const [marking, setMarking] = useState(false);
  const [note, setNote] = useState('');
  const [singles, setSingles] = useSingles();
  const [round, setRound] = useState(0);
  const box = useRef<HTMLTextAreaElement>(null);
  const factsColumn = useRef<HTMLDivElement>(null);
  const sideColumn = useRef<HTMLElement>(null);
  const { answer, setAnswer } = call;

  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    if (call.fault instanceof Fault && [401, 403].includes(call.fault.status)) props.onRefused();
  }, [call.fault, props.onRefused]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer starts afresh, whatever was open
  useEffect(() => {
    setCited(null);
    setMarking(false);
    setRound((n) => n + 1);
  }, [answer?.id]);
  // What was done is said once and goes.
  useEffect(() => {
    if (note === '') return;
    const timer = setTimeout(() => setNote(''), 4000);
    return () => clearTimeout(timer);
  }, [note]);

  const openSide = useCallback(
    (to: Side) => {
      setSide(to);
      if (!wide) setDrawer(true);
    },
    [wide],
  );
  const openClause = useCallback(
    (policy: string, clause: string, quote: string) => {
      setPlace({ policy, clause, quote });
      openSide('document');
    },
    [openSide],
  );
  const cite = useCallback(
    (index: number) => {
      const citation = answer?.citations[index - 1];
      if (!citation) return;
      setCited(index);
      openClause(citation.policy, citation.clause, citation.quote);
    },
    [answer, openClause],
  );
  const copy = useCallback(async () => {
    if (!answer) return;
    setNote(
      say((await copyText(plainReply(answer, say, location.origin))) ? 'reply.copied' : 'reply.notCopied'),
    );
  }, [answer, say]);
  const file = useCallback(() => {
    if (!answer) return;
    download(
      replyFileName(answer, say),
      new Blob([plainReply(answer, say, location.origin)], { type: 'text/plain;charset=utf-8' }),
    );
    setNote(say('reply.saved'));
  }, [answer, say]);
  const reopen = useCallback(
    async (id: string) => {
      try {
        const kept = await getAnswer(id);
        setAnswer(kept.answer);
        box.current?.focus();
      } catch (error) {
        setNote(error instanceof Error ? error.message : String(error));
      }
    },
    [setAnswer],
  );

  const keys = useMemo<Keys>(() => {
    const toBox = (event: KeyboardEvent) => {
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    const all: Keys = {
      '/': toBox,
      'mod+k': toBox,
      '?': () => props.setHelp(true),
      c: copy,
      s: file,
      m: (event) => {
        if (!answer) return;
        event.preventDefault();
        setMarking(true);
      },
      f: (event) => {
        event.preventDefault();
        factsColumn.current?.querySelector<HTMLElement>('#subject')?.focus();
      },
      d: () => {
        openSide('document');
        sideColumn.current?.focus();
      },
      h: () => {
        openSide('history');
        sideColumn.current?.focus();
      },
      n: () => {
        call.next();
        box.current?.focus();
      },
      Escape: () => {
        if (document.querySelector('[aria-modal="true"]')) return;
        if (document.activeElement === box.current) call.setDraft('');
        else box.current?.focus();
      },
    };
    for (let n = 1; n <= 9; n++) all[String(n)] = () => cite(n);
    return all;
  }, [answer, call, cite, copy, file, openSide, props.setHelp]);
  useKeys(keys, singles);

  const pane =
    side === 'document' ? (
      <DocumentPane place={place} />
    ) : side === 'history' ? (
      <HistoryPane round={round} onOpen={reopen} />
    ) : (
      <UnansweredPane onAsk={call.ask} />
    );
  const tabs = (
    <div className="tabs" role="group" aria-label={say('side.label')}>
      {(['document', 'history', 'unanswered'] as const).map((one) => (
        <button type="button" key={one} aria-pressed={side === one} onClick={() => openSide(one)}>
          {say(`side.${one}`)}
        </button>
      ))}
    </div>
  );

  return (
    <main className="console" id="content" tabIndex={-1}>
      <h1 className="aloud">{say('console.title')}</h1>
      <div className="facts-column" ref={factsColumn}>
        {specs.state === 'ready' ? (
          <FactsPanel
            specs={specs.data}
            live={call.live}
            fault={call.liveFault}
            subject={call.subject}
            onSubject={call.setSubject}
            byHand={call.byHand}
            onFact={call.setFact}
            titleOf={titleOf}
            cityOf={cityOf}
            onClause={openClause}
            onNext={() => {
              call.next();
              box.current?.focus();
            }}
          />
        ) : specs.state === 'failed' ? (
          <Failed error={specs.error} onRetry={specs.reload} />
        ) : (
          <Loading lines={8} />
        )}
      </div>

      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys only move the focus between its buttons */}
      <div className="answer-column" onKeyDown={moveByArrows}>
        <search>
          <form
            className="search"
            onSubmit={(event) => {
              event.preventDefault();
              void call.ask(call.draft);
            }}
          >
            <label className="aloud" htmlFor="search">
              {say('console.search')}
            </label>
            <textarea
              id="search"
              ref={box}
              rows={1}
              value={call.draft}
              maxLength={4000}
              placeholder={say('console.placeholder')}
              onChange={(event) => call.setDraft(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
                  event.preventDefault();
                  event.currentTarget.form?.requestSubmit();
                }
              }}
            />
            <button
              type="submit"
              className="solid"
              disabled={call.draft.trim() === '' || call.asking !== null}
            >
              {say('console.ask')}
            </button>
          </form>
        </search>

        <div role="status" className="note-line">
          {note !== '' ? note : call.asking !== null ? say('console.asking') : ''}
        </div>
        {call.fault !== null && (
          <Failed
            error={call.fault}
            onRetry={call.asking === null ? () => call.ask(call.draft) : undefined}
            inline
          />
        )}
        {!answer && call.asking === null && call.fault === null && <Start onAsk={call.ask} />}
        {!answer && call.asking !== null && <Loading lines={6} />}
        {answer && (
          <article className={call.asking === null ? 'card spoken' : 'card spoken old'} aria-live="polite">
            <p className="asked" lang="zh-CN">
              {answer.question}
            </p>
            <Blocks
              blocks={
                answer.blocks.length > 0 ? answer.blocks : [{ kind: 'para', text: answer.text, cites: [] }]
              }
              citations={answer.citations}
              open={cited}
              onCite={cite}
              mark
            />
            {answer.suggestions.length > 0 && (
              <div className="row" style={{ marginTop: 14 }} lang="zh-CN">
                {answer.suggestions.map(({ label, send }) => (
                  <button
                    type="button"
                    className="chip"
                    key={`${label}${send}`}
                    onClick={() => call.ask(send)}
                  >
                    {label}
                  </button>
                ))}
              </div>
            )}
            <Sources answer={answer} titleOf={titleOf} onCite={cite} />
            <div className="actions">
              <button type="button" className="solid" onClick={copy}>
                <CopyOutlined aria-hidden="true" /> {say('reply.copy')}
              </button>
              <button type="button" className="chip" onClick={file}>
                <FileTextOutlined aria-hidden="true" /> {say('reply.asFile')}
              </button>
              <button
                type="button"
                className="chip"
                aria-expanded={marking}
                onClick={() => setMarking(!marking)}
              >
                <FlagOutlined aria-hidden="true" /> {say('mark.open')}
              </button>
              <Link className="small" href={`/answers/${encodeURIComponent(answer.id)}`}>
                {say('answer.replay')}
              </Link>
            </div>
            {marking && (
              <MarkForm
                answer={answer}
                onCancel={() => {
                  setMarking(false);
                  box.current?.focus();
                }}
                onDone={() => {
                  setMarking(false);
                  setNote(say('mark.done'));
                  setRound((n) => n + 1);
                  box.current?.focus();
                }}
              />
            )}
          </article>
        )}
        {call.compared && (
          <section className="card compared" aria-label={say('compare.title')}>
            <h2>{say('compare.title')}</h2>
            <Blocks
              blocks={call.compared.blocks}
              citations={call.compared.citations}
              onCite={(index) => {
                const citation = call.compared?.citations[index - 1];
                if (citation) openClause(citation.policy, citation.clause, citation.quote);
              }}
              mark
              unfolded
            />
          </section>
        )}
        {call.hits.length > 0 && (
          <section className="hits" aria-label={say('hits.title')}>
            <h2>{say('hits.title')}</h2>
            <ul className="lines">
              {call.hits.map((hit) => (
                <li key={`${hit.policy}/${hit.clause}`}>
                  <button type="button" onClick={() => openClause(hit.policy, hit.clause, '')} lang="zh-CN">
                    <span className="soft small">
                      {cityOf(hit.policy)} {hit.clause}
                    </span>
                    <span className="clip">{hit.text}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        {!wide && tabs}
      </div>

      {wide ? (
        <aside className="side-column" aria-label={say('side.label')} ref={sideColumn} tabIndex={-1}>
          {tabs}
          <div className="pane">{pane}</div>
        </aside>
      ) : (
        <Drawer
          open={drawer}
          onClose={() => setDrawer(false)}
          size="min(560px, 94vw)"
          title={say(`side.${side}`)}
          closable={{ 'aria-label': say('close') }}
          destroyOnHidden
        >
          {pane}
        </Drawer>
      )}
      <KeysSheet
        open={props.help}
        onClose={() => props.setHelp(false)}
        singles={singles}
        onSingles={setSingles}
      />
    </main>
  );
}

/** The arrow keys go from the box through what stands below it, and back. In a box with text they move in the text. */
function moveByArrows(event: React.KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const column = event.currentTarget;
  const box = column.querySelector<HTMLTextAreaElement>('#search');
  const stops = [
    ...(box ? [box] : []),
    ...column.querySelectorAll<HTMLElement>(
      '.starters button, .blocks .cite, .actions button, .lines button',
    ),
  ];
  const at = stops.indexOf(event.target as HTMLElement);
  if (at < 0 || (at === 0 && box?.value)) return;
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Start({ onAsk }: { onAsk: (question: string) => void }) {
  const say = useSay();
  return (
    <div className="starters">
      <p className="soft">{say('console.start')}</p>
      <div className="row" lang="zh-CN">
        {(['start.1', 'start.2', 'start.3', 'start.4'] as const).map((key) => (
          <button type="button" className="chip" key={key} onClick={() => onAsk(say(key))}>
            {say(key)}
          </button>
        ))}
      </div>
    </div>
  );
}
