import DownloadOutlined from '@ant-design/icons/es/icons/DownloadOutlined';
import { memo } from 'react';
import type { Answer } from '../api/types.js';
import { useSay } from '../i18n.js';
import { Blocks, Sources } from '../parts/Blocks.js';
import type { Exchange } from './useChat.js';

interface Props {
  exchange: Exchange;
  /** Buttons of the newest answer only: an older one's would answer a question that is no longer asked. */
  newest: boolean;
  busy: boolean;
  titleOf: (policy: string) => string;
  onCite: (answer: Answer, index: number) => void;
  onSend: (text: string) => void;
  onRetry: () => void;
  onReport: () => void;
}

/** One answer, from waiting over sentence by sentence to the whole. */
export const AnswerCard = memo(function AnswerCard(props: Props) {
  const say = useSay();
  const { exchange, newest, busy } = props;
  const { answer } = exchange;
  const progress = exchange.interview?.active ? exchange.interview.progress : null;
  const reportable =
    newest && exchange.interview?.report && (exchange.interview.settled || (progress?.answered ?? 0) > 0);
  if (!answer) {
    if (exchange.fault !== null) {
      return (
        <div role="alert">
          <p style={{ whiteSpace: 'pre-line' }}>{exchange.fault}</p>
          <div className="buttons">
            <button type="button" className="chip strong" disabled={busy} onClick={props.onRetry}>
              {say('chat.again')}
            </button>
          </div>
        </div>
      );
    }
    return (
      <>
        {exchange.sentences.length > 0 && <p lang="zh-CN">{exchange.sentences.join('')}</p>}
        <div className="waiting">
          <span className="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {exchange.slow ? say('chat.slow') : say('chat.waiting')}
        </div>
      </>
    );
  }
  const cite = (index: number) => props.onCite(answer, index);
  return (
    <article aria-label={say('chat.answerTo', { question: exchange.question.slice(0, 40) })}>
      {progress && progress.canMatter > 0 && (
        <div className="progress">
          <span>{say('interview.progress', { done: progress.answered, left: progress.canMatter })}</span>
          <div className="track" aria-hidden="true">
            <i
              style={{ width: `${(100 * progress.answered) / (progress.answered + progress.canMatter)}%` }}
            />
          </div>
        </div>
      )}
      {answer.blocks.length > 0 ? (
        <Blocks blocks={answer.blocks} citations={answer.citations} onCite={cite} />
      ) : (
        <p lang="zh-CN" style={{ whiteSpace: 'pre-line' }}>
          {answer.text}
        </p>
      )}
      {newest && answer.suggestions.length > 0 && (
        <div className="buttons" role="group" aria-label={say('chat.buttons')} lang="zh-CN">
          {answer.suggestions.map(({ label, send }) => (
            <button
              type="button"
              className="chip strong"
              key={`${label}${send}`}
              disabled={busy}
              onClick={() => props.onSend(send)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {reportable && (
        <div className={exchange.interview?.settled ? 'buttons' : 'foot'}>
          <button
            type="button"
            className={exchange.interview?.settled ? 'chip' : undefined}
            onClick={props.onReport}
          >
            {exchange.interview?.settled && <DownloadOutlined aria-hidden="true" />}
            {say('menu.report')}
          </button>
        </div>
      )}
      <Sources answer={answer} titleOf={props.titleOf} onCite={cite} />
    </article>
  );
});
