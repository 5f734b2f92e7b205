import { useState } from 'react';
import { getAnswer } from '../api/calls.js';
import { Fault } from '../api/http.js';
import type { Citation } from '../api/types.js';
import { StaffShell } from '../console/StaffShell.js';
import { type Key, useSay } from '../i18n.js';
import { Blocks, Sources } from '../parts/Blocks.js';
import { ClauseDrawer } from '../parts/ClauseDrawer.js';
import { Failed, Loading } from '../parts/States.js';
import { useData } from '../parts/useData.js';
import { useTitles } from '../parts/useTitles.js';
import { Replay } from './Replay.js';

/** The replay of one answer: what was asked and understood, what was run and found, what was decided, what was sent. */
export default function AnswerPage({ id }: { id: string }) {
  const say = useSay();
  return (
    <StaffShell title={say('answer.title')} skip={{ href: '#content', label: say('skip') }}>
      {(onRefused) => <Kept id={id} onRefused={onRefused} />}
    </StaffShell>
  );
}

function Kept({ id }: { id: string; onRefused: () => void }) {
  const say = useSay();
  const { titleOf } = useTitles();
  const [cited, setCited] = useState<Citation | null>(null);
  const loaded = useData(id, (signal) => getAnswer(id, signal));
  if (loaded.state !== 'ready') {
    const gone = loaded.state === 'failed' && loaded.error instanceof Fault && loaded.error.status === 404;
    return (
      <main className="page" id="content" tabIndex={-1}>
        <h1 className="title">{say('answer.title')}</h1>
        {loaded.state === 'loading' && <Loading lines={9} />}
        {loaded.state === 'failed' &&
          (gone ? (
            <p className="soft">{say('answer.gone')}</p>
          ) : (
            <Failed error={loaded.error} onRetry={loaded.reload} />
          ))}
      </main>
    );
  }
  const kept = loaded.data;
  const { answer } = kept;
  return (
    <main className="page replay" id="content" tabIndex={-1}>
      <p className="soft small">
        {new Date(kept.at).toLocaleString()} · {say(`channel.${kept.channel}` as Key) ?? kept.channel} ·{' '}
        {say('answer.asOf', { day: kept.asOf })} · {say(`mode.${answer.mode}`)}
      </p>
      <h1 className="title" lang="zh-CN">
        {kept.question}
      </h1>
      <p className="row" style={{ marginBottom: 20 }}>
        <span className={answer.answered ? 'badge good' : 'badge warn'}>
          {say(answer.answered ? 'answer.answered' : 'answer.unanswered')}
        </span>
        <span className="badge">{say(`intent.${answer.intent}`)}</span>
        {kept.feedback.map((one) => (
          <span className="badge bad" key={one.id}>
            {say(`mark.${one.verdict}`)}
            {one.note ? `：${one.note}` : ''}
          </span>
        ))}
      </p>
      <section className="card" aria-label={say('answer.shown')}>
        <h2 className="kicker">{say('answer.shown')}</h2>
        <Blocks
          blocks={answer.blocks}
          citations={answer.citations}
          onCite={(n) => setCited(answer.citations[n - 1] ?? null)}
          unfolded
        />
        <Sources
          answer={answer}
          titleOf={titleOf}
          onCite={(n) => setCited(answer.citations[n - 1] ?? null)}
        />
      </section>
      <Replay kept={kept} titleOf={titleOf} />
      <ClauseDrawer citation={cited} titleOf={titleOf} onClose={() => setCited(null)} />
    </main>
  );
}
