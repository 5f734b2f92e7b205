import type { Verdict } from '../api/types.js';
import { type Key, useSay } from '../i18n.js';

const TONES = { eligible: 'good', ineligible: 'bad', discretionary: 'warn', undetermined: '' } as const;

/** One city's verdict in a line; opened, every condition with what was compared. */
export function VerdictCard(props: {
  verdict: Verdict;
  city: string;
  title: string;
  labelOf: (fact: string) => string;
  onClause: (policy: string, clause: string, quote: string) => void;
}) {
  const say = useSay();
  const { verdict } = props;
  const deciding = verdict.criteria.filter((one) => one.strength !== 'judgement');
  const count = (outcome: string) => deciding.filter((one) => one.outcome === outcome).length;
  const worst = deciding.find((one) => one.outcome === 'fail');
  return (
    <details
      className={`verdict ${TONES[verdict.outcome]}`}
      data-policy={verdict.policy}
      data-outcome={verdict.outcome}
    >
      <summary>
        <span className="city" lang="zh-CN">
          {props.city}
        </span>
        <span className={`badge ${TONES[verdict.outcome]}`}>{say(`outcome.${verdict.outcome}`)}</span>
        <span className="soft small counts">
          {say('verdict.counts', { pass: count('pass'), fail: count('fail'), open: count('unknown') })}
        </span>
        {worst && (
          <span className="small worst" lang="zh-CN">
            {worst.title}
            {worst.gap ? say('verdict.gap', { gap: worst.gap }) : ''}
          </span>
        )}
        {!worst && verdict.next && (
          <span className="soft small worst">
            {say('verdict.next', { fact: props.labelOf(verdict.next) })}
          </span>
        )}
      </summary>
      {verdict.status !== 'in-force' && (
        <p className="small warnline">{say(`status.${verdict.status}` as Key)}</p>
      )}
      {verdict.conflicts.map((conflict) => (
        <p className="small warnline" key={conflict} lang="zh-CN">
          {conflict}
        </p>
      ))}
      <ul className="criteria" lang="zh-CN">
        {verdict.criteria.map((one) => (
          <li key={one.id}>
            <span className={`mark-${one.outcome}`}>
              <span aria-hidden="true">{{ pass: '✓', fail: '✗', unknown: '？' }[one.outcome]}</span>
              <span className="aloud">{say(`criterion.${one.outcome}`)}</span>
            </span>
            <span>
              {one.title}
              {one.given && <span className="soft"> {one.given}</span>}
              <span className="soft small">
                {' '}
                {one.required}
                {one.strength !== 'must' && `（${say(`strength.${one.strength}`)}）`}
              </span>{' '}
              <button
                type="button"
                className="cite"
                onClick={() => props.onClause(verdict.policy, one.clause, one.quote)}
              >
                {one.clause}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
