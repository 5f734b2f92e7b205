import Tabs from 'antd/es/tabs';
import { useMemo, useState } from 'react';
import { getDocument, listRules } from '../api/calls.js';
import { useSay } from '../i18n.js';
import { Failed, Loading } from '../parts/States.js';
import { useData } from '../parts/useData.js';
import { Link, usePlace } from '../router.js';
import { Dates } from './Dates.js';
import { DocumentView } from './DocumentView.js';
import { DayPicker, useDay, withDay } from './day.js';
import { LedgerView } from './LedgerView.js';
import { PoliciesShell } from './PoliciesShell.js';
import { RulesView } from './RulesView.js';
import { StatusBadge } from './StatusBadge.js';

/** One document: its text whole, the figures it states, and the rules as the bureau wrote them. */
export default function PolicyPage({ id }: { id: string }) {
  const say = useSay();
  const day = useDay();
  const { hash } = usePlace();
  const [tab, setTab] = useState('text');
  const loaded = useData(`policy ${id} ${day ?? ''}`, async (signal) => {
    const [document, rules] = await Promise.all([getDocument(id, day, signal), listRules(id, signal)]);
    return { ...document, rules };
  });
  const clause = useMemo(() => {
    if (loaded.state !== 'ready' || hash === '') return null;
    const plain = (text: string) => text.replace(/[\s_]+/gu, '');
    return loaded.data.clauses.find((c) => plain(c.clause) === plain(hash))?.clause ?? null;
  }, [loaded, hash]);
  const focus = useMemo(() => (clause === null ? null : { clause }), [clause]);

  const hrefOf = (label: string) =>
    withDay(`/policies/${encodeURIComponent(id)}#${encodeURIComponent(label)}`, day);
  const title = loaded.state === 'ready' ? loaded.data.policy.title : say('policies.title');
  return (
    <PoliciesShell title={title}>
      <main className="page" id="content" tabIndex={-1}>
        <p className="small" style={{ marginBottom: 12 }}>
          <Link href={withDay('/policies', day)}>{say('policies.back')}</Link>
        </p>
        {loaded.state === 'loading' && <Loading lines={9} />}
        {loaded.state === 'failed' && (
          <>
            <h1 className="aloud">{say('policies.title')}</h1>
            <Failed error={loaded.error} onRetry={loaded.reload} />
          </>
        )}
        {loaded.state === 'ready' && (
          <>
            <div className="policy-head">
              <div className="row">
                <StatusBadge status={loaded.data.policy.status} />
                <span className="soft small" lang="zh-CN">
                  {[loaded.data.policy.docNumber, loaded.data.policy.issuer].filter(Boolean).join(' · ')}
                </span>
              </div>
              <h1 className="title" lang="zh-CN">
                {loaded.data.policy.title}
              </h1>
              <Dates policy={loaded.data.policy} />
              <DayPicker />
            </div>
            <Tabs
              activeKey={tab}
              onChange={setTab}
              items={[
                {
                  key: 'text',
                  label: say('policy.text'),
                  children: (
                    <div className="card">
                      <DocumentView clauses={loaded.data.clauses} focus={focus} hrefOf={hrefOf} takeFocus />
                    </div>
                  ),
                },
                {
                  key: 'figures',
                  label: say('policy.figures', {
                    n: loaded.data.figures.filter((one) => one.account !== 'structural').length,
                  }),
                  children: (
                    <LedgerView
                      ledger={loaded.data.figures}
                      clauses={loaded.data.clauses}
                      rules={loaded.data.rules}
                      hrefOf={hrefOf}
                      onOpen={() => setTab('text')}
                    />
                  ),
                },
                {
                  key: 'rules',
                  label: say('policy.rules', { n: loaded.data.rules.length }),
                  children: (
                    <RulesView rules={loaded.data.rules} hrefOf={hrefOf} onOpen={() => setTab('text')} />
                  ),
                },
              ]}
            />
          </>
        )}
      </main>
    </PoliciesShell>
  );
}
