import { listFacts } from '../api/calls.js';
import type { KeptAnswer } from '../api/types.js';
import { showFact } from '../console/facts.js';
import { type Key, useSay } from '../i18n.js';
import { zh } from '../locales/zh.js';
import { clauseHref } from '../parts/ClauseDrawer.js';
import { useData } from '../parts/useData.js';
import { Link } from '../router.js';

/** How the answer came about, step by step, as it was kept that day. */
export function Replay({ kept, titleOf }: { kept: KeptAnswer; titleOf: (policy: string) => string }) {
  const say = useSay();
  const specs = useData('facts', listFacts);
  const { answer, trace } = kept;
  const fact = (id: string, value: unknown): [string, string] => {
    const spec = specs.state === 'ready' ? specs.data.find((one) => one.id === id) : undefined;
    if (!spec) return [id, JSON.stringify(value)];
    const shown = showFact(spec, value);
    if (spec.type === 'boolean') return [spec.label, say(shown === 'true' ? 'yes' : 'no')];
    return [spec.label, spec.values.find((one) => one.id === shown)?.label ?? shown];
  };
  const cities =
    specs.state === 'ready' ? specs.data.find((one) => one.id === 'lead.city')?.values : undefined;
  const cityOf = (id: string) => cities?.find((city) => city.id === id)?.label ?? titleOf(id);
  const intentOf = (id: string) => (`intent.${id}` in zh ? say(`intent.${id}` as Key) : id);
  const facts = Object.entries(trace?.understood.facts ?? answer.facts);
  return (
    <ol className="steps">
      {kept.history.length > 0 && (
        <li>
          <h2>{say('replay.history')}</h2>
          {kept.history.map((turn, at) => (
            <p key={`${at}`} className={turn.role === 'user' ? 'said' : 'soft small clip'} lang="zh-CN">
              {turn.text}
            </p>
          ))}
        </li>
      )}
      <li>
        <h2>{say('replay.understood')}</h2>
        {trace && (
          <p>
            {say('replay.step', { step: trace.step })}
            {trace.understood.intents.length > 0 &&
              ` · ${say('replay.intents', { intents: trace.understood.intents.map(intentOf).join('、') })}`}
            {trace.understood.policies.length > 0 &&
              ` · ${say('replay.policies', { policies: trace.understood.policies.map(cityOf).join('、') })}`}
          </p>
        )}
        {facts.length === 0 ? (
          <p className="soft">{say('replay.noFacts')}</p>
        ) : (
          <dl className="dates" lang="zh-CN">
            {facts.map(([id, value]) => {
              const [label, shown] = fact(id, value);
              return (
                <div key={id} style={{ display: 'contents' }}>
                  <dt>{label}</dt>
                  <dd>{shown}</dd>
                </div>
              );
            })}
          </dl>
        )}
      </li>
      <li>
        <h2>{say('replay.tools')}</h2>
        {!trace || trace.tools.length === 0 ? (
          <p className="soft">{say(answer.mode === 'offline' ? 'replay.toolsOffline' : 'replay.none')}</p>
        ) : (
          trace.tools.map((tool, at) => (
            <details key={`${at}`}>
              <summary>
                <code>{tool.name}</code>{' '}
                <span className={tool.outcome === 'given' ? 'badge good' : 'badge bad'}>
                  {say(`tool.${tool.outcome}`)}
                </span>
              </summary>
              <pre>{JSON.stringify(tool.arguments, null, 2)}</pre>
              <p className="small" lang="zh-CN">
                {tool.detail}
              </p>
            </details>
          ))
        )}
      </li>
      <li>
        <h2>{say('replay.evidence')}</h2>
        {answer.citations.length === 0 && answer.verdicts.length === 0 && (
          <p className="soft">{say('replay.none')}</p>
        )}
        <ul className="evidence" lang="zh-CN">
          {answer.citations.map((citation, at) => (
            <li key={`${at}`}>
              <Link href={clauseHref(citation.policy, citation.clause)}>
                {citation.docNumber ?? titleOf(citation.policy)} {citation.clause}
              </Link>
              <blockquote>{citation.quote}</blockquote>
            </li>
          ))}
        </ul>
        {answer.verdicts.map((verdict) => (
          <p className="conclusion" key={`${verdict.policy}${verdict.subject}`} lang="zh-CN">
            {titleOf(verdict.policy)} · {say(`subject.${verdict.subject}` as Key)}：
            <strong>{say(`outcome.${verdict.outcome}`)}</strong>
          </p>
        ))}
      </li>
      <li>
        <h2>{say('replay.guard')}</h2>
        {!trace || trace.guard.length === 0 ? (
          <p className="soft">{say(answer.mode === 'offline' ? 'replay.guardOffline' : 'replay.none')}</p>
        ) : (
          <ul className="guard" lang="zh-CN">
            {trace.guard.map((one, at) => (
              <li key={`${at}`} className={one.kept ? '' : 'dropped'}>
                <span className={one.kept ? 'badge good' : 'badge bad'}>
                  {say(one.kept ? 'guard.kept' : 'guard.dropped')}
                </span>{' '}
                {one.sentence}
                {one.reason && <span className="soft small"> {one.reason}</span>}
              </li>
            ))}
          </ul>
        )}
      </li>
      <li>
        <h2>{say('replay.sent')}</h2>
        <pre lang="zh-CN">{kept.sent}</pre>
      </li>
    </ol>
  );
}
