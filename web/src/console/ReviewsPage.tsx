import DownloadOutlined from '@ant-design/icons/es/icons/DownloadOutlined';
import { useState } from 'react';
import { decideReview, exportReviews, listReviews } from '../api/calls.js';
import { Fault } from '../api/http.js';
import type { Review } from '../api/types.js';
import { useSay } from '../i18n.js';
import { download } from '../parts/download.js';
import { Empty, Failed, Loading } from '../parts/States.js';
import { useData } from '../parts/useData.js';
import { Link } from '../router.js';
import { UnansweredPane } from './HistoryPane.js';
import { StaffShell } from './StaffShell.js';

/** Answers that staff marked: a lead confirms or rejects each, and exports the confirmed ones as evaluation cases. */
export default function ReviewsPage() {
  const say = useSay();
  return (
    <StaffShell title={say('reviews.title')} skip={{ href: '#content', label: say('skip') }}>
      {() => <Queue />}
    </StaffShell>
  );
}

type Shown = 'open' | 'done' | 'unanswered';

function Queue() {
  const say = useSay();
  const [shown, setShown] = useState<Shown>('open');
  const [fault, setFault] = useState<unknown>(null);
  const [note, setNote] = useState('');
  const state = shown === 'done' ? 'done' : 'open';
  const loaded = useData(shown === 'unanswered' ? null : `reviews ${state}`, (signal) =>
    listReviews(state, signal),
  );
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());

  const save = async () => {
    setFault(null);
    try {
      download('reviews.jsonl', await exportReviews());
      setNote(say('reviews.exported'));
    } catch (error) {
      setFault(error);
    }
  };
  const items =
    loaded.state === 'ready'
      ? loaded.data.items.filter((item) => !(state === 'open' && decided.has(item.id)))
      : [];
  return (
    <main className="page" id="content" tabIndex={-1}>
      <div className="panel-head">
        <div>
          <h1 className="title">{say('reviews.title')}</h1>
          <p className="soft">{say('reviews.text')}</p>
        </div>
        <button type="button" className="solid" onClick={save}>
          <DownloadOutlined aria-hidden="true" /> {say('reviews.export')}
        </button>
      </div>
      {fault !== null && <Failed error={fault} inline />}
      <p role="status" className="note-line">
        {note}
      </p>
      <div className="tabs" role="group" aria-label={say('reviews.show')}>
        {(['open', 'done', 'unanswered'] as const).map((one) => (
          <button
            type="button"
            key={one}
            aria-pressed={shown === one}
            onClick={() => {
              setShown(one);
              loaded.reload();
            }}
          >
            {say(one === 'unanswered' ? 'side.unanswered' : `reviews.${one}`)}
          </button>
        ))}
      </div>
      {shown === 'unanswered' ? (
        <div className="card">
          <UnansweredPane />
        </div>
      ) : (
        <>
          {loaded.state === 'loading' && <Loading />}
          {loaded.state === 'failed' && <Failed error={loaded.error} onRetry={loaded.reload} />}
          {loaded.state === 'ready' && items.length === 0 && <Empty title={say(`reviews.none.${state}`)} />}
          <ul className="reviews">
            {items.map((review) => (
              <ReviewItem
                key={review.id}
                review={review}
                onDecided={(done) => {
                  setDecided((all) => new Set([...all, done.id]));
                  setNote(say(done.decision === 'confirmed' ? 'reviews.confirmed' : 'reviews.rejected'));
                }}
              />
            ))}
          </ul>
        </>
      )}
    </main>
  );
}

function ReviewItem({ review, onDecided }: { review: Review; onDecided: (review: Review) => void }) {
  const say = useSay();
  const [note, setNote] = useState('');
  const [expected, setExpected] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const decide = async (decision: 'confirmed' | 'rejected') => {
    setBusy(true);
    setFault(null);
    try {
      onDecided(
        await decideReview({
          id: review.id,
          decision,
          ...(note.trim() ? { note: note.trim() } : {}),
          ...(expected.trim() ? { expected: expected.trim() } : {}),
        }),
      );
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };
  return (
    <li className="card review">
      <div className="row">
        <span className="badge bad">{say(`mark.${review.verdict}`)}</span>
        <time className="soft small" dateTime={review.at}>
          {new Date(review.at).toLocaleString()}
        </time>
        {review.decision && (
          <span className={review.decision === 'confirmed' ? 'badge good' : 'badge'}>
            {say(`reviews.${review.decision}`)}
          </span>
        )}
      </div>
      <h2 lang="zh-CN">{review.question}</h2>
      {review.note && (
        <p className="said" lang="zh-CN">
          {review.note}
        </p>
      )}
      <Link className="small" href={`/answers/${encodeURIComponent(review.answer)}`}>
        {say('answer.replay')}
      </Link>
      {review.state === 'open' ? (
        <>
          <div className="two">
            <label className="field">
              <span>{say('reviews.expected')}</span>
              <textarea
                rows={2}
                maxLength={4000}
                value={expected}
                onChange={(event) => setExpected(event.target.value)}
              />
            </label>
            <label className="field">
              <span>{say('reviews.note')}</span>
              <textarea
                rows={2}
                maxLength={2000}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            </label>
          </div>
          {fault !== null && <Failed error={fault instanceof Fault ? fault : new Fault(0, '')} inline />}
          <div className="row">
            <button type="button" className="solid" disabled={busy} onClick={() => decide('confirmed')}>
              {say('reviews.confirm')}
            </button>
            <button type="button" className="chip" disabled={busy} onClick={() => decide('rejected')}>
              {say('reviews.reject')}
            </button>
          </div>
        </>
      ) : (
        <>
          {review.expected && (
            <p lang="zh-CN">
              <span className="soft small">{say('reviews.expected')}</span> {review.expected}
            </p>
          )}
          {review.decisionNote && (
            <p lang="zh-CN">
              <span className="soft small">{say('reviews.note')}</span> {review.decisionNote}
            </p>
          )}
        </>
      )}
    </li>
  );
}
