import { listPolicies } from '../api/calls.js';
import { useSay } from '../i18n.js';
import { Empty, Failed, Loading } from '../parts/States.js';
import { useData } from '../parts/useData.js';
import { Link } from '../router.js';
import { Dates } from './Dates.js';
import { DayPicker, useDay, withDay } from './day.js';
import { PoliciesShell } from './PoliciesShell.js';
import { StatusBadge } from './StatusBadge.js';
import './policies.css';

/** Every document with its status on the chosen day. */
export default function PoliciesPage() {
  const say = useSay();
  const day = useDay();
  const loaded = useData(`policies ${day ?? ''}`, (signal) => listPolicies(day, signal));
  return (
    <PoliciesShell title={say('policies.title')}>
      <main className="page" id="content" tabIndex={-1}>
        <h1 className="title">{say('policies.title')}</h1>
        <p className="soft">{say('policies.text')}</p>
        <DayPicker />
        {loaded.state === 'loading' && <Loading />}
        {loaded.state === 'failed' && <Failed error={loaded.error} onRetry={loaded.reload} />}
        {loaded.state === 'ready' && loaded.data.length === 0 && <Empty title={say('policies.none')} />}
        {loaded.state === 'ready' && (
          <ul className="policy-list">
            {loaded.data.map((policy) => (
              <li className="card" key={policy.id}>
                <div className="row">
                  <StatusBadge status={policy.status} />
                </div>
                <h2 lang="zh-CN">
                  <Link href={withDay(`/policies/${encodeURIComponent(policy.id)}`, day)}>
                    {policy.title}
                  </Link>
                </h2>
                <p className="soft small" lang="zh-CN">
                  {[policy.docNumber, policy.issuer].filter(Boolean).join(' · ')}
                </p>
                <Dates policy={policy} />
              </li>
            ))}
          </ul>
        )}
      </main>
    </PoliciesShell>
  );
}
