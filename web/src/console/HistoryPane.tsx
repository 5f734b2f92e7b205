import { getHistory, listUnanswered } from '../api/calls.js';
import { useSay } from '../i18n.js';
import { Empty, Failed, Loading } from '../parts/States.js';
import { useData } from '../parts/useData.js';
import { Link } from '../router.js';

/** What was asked at the console today; a line opens its answer again. */
export function HistoryPane({ round, onOpen }: { round: number; onOpen: (id: string) => void }) {
  const say = useSay();
  const loaded = useData(`history ${round}`, getHistory);
  if (loaded.state === 'loading') return <Loading lines={5} />;
  if (loaded.state === 'failed') return <Failed error={loaded.error} onRetry={loaded.reload} inline />;
  if (loaded.data.items.length === 0) return <Empty title={say('history.none')} />;
  return (
    <ul className="lines">
      {loaded.data.items.map((line) => (
        <li key={line.id}>
          <button type="button" onClick={() => onOpen(line.id)}>
            <time dateTime={line.at}>{clock(line.at)}</time>
            <span lang="zh-CN">
              <strong>{line.question}</strong>
              <span className="soft small clip">{line.lead}</span>
            </span>
            <span className="row">
              {!line.answered && <span className="badge warn">{say('history.unanswered')}</span>}
              {(line.feedback === 'wrong' || line.feedback === 'missing') && (
                <span className="badge bad">{say(`mark.${line.feedback}`)}</span>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Questions the documents did not answer, most frequent first. */
export function UnansweredPane({ onAsk }: { onAsk?: (question: string) => void }) {
  const say = useSay();
  const loaded = useData('unanswered', listUnanswered);
  if (loaded.state === 'loading') return <Loading lines={5} />;
  if (loaded.state === 'failed') return <Failed error={loaded.error} onRetry={loaded.reload} inline />;
  if (loaded.data.items.length === 0) return <Empty title={say('unanswered.none')} />;
  return (
    <>
      <p className="soft small">{say('unanswered.total', { n: loaded.data.total })}</p>
      <ul className="lines">
        {loaded.data.items.map((item) => (
          <li key={item.answer}>
            {onAsk ? (
              <button type="button" onClick={() => onAsk(item.question)}>
                <span className="count">{item.count}×</span>
                <strong lang="zh-CN">{item.question}</strong>
              </button>
            ) : (
              <Link href={`/answers/${encodeURIComponent(item.answer)}`}>
                <span className="count">{item.count}×</span>
                <strong lang="zh-CN">{item.question}</strong>
              </Link>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** 09:41, as the clock on the wall of this machine shows it. */
export function clock(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime())
    ? at
    : `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
