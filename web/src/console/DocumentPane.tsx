import { useMemo } from 'react';
import { getDocument } from '../api/calls.js';
import { useSay } from '../i18n.js';
import { clauseHref } from '../parts/ClauseDrawer.js';
import { Empty, Failed, Loading } from '../parts/States.js';
import { useData } from '../parts/useData.js';
import { DocumentView } from '../policies/DocumentView.js';
import { StatusBadge } from '../policies/StatusBadge.js';

export interface Place {
  policy: string;
  clause: string;
  quote: string;
}

/** The full document beside the answer, at the cited clause, its quote marked. */
export function DocumentPane({ place }: { place: Place | null }) {
  const say = useSay();
  const loaded = useData(place?.policy ?? null, (signal) => getDocument(place!.policy, undefined, signal));
  const focus = useMemo(() => (place ? { clause: place.clause, quote: place.quote } : null), [place]);
  if (!place) return <Empty title={say('document.none')} />;
  if (loaded.state === 'loading') return <Loading lines={9} />;
  if (loaded.state === 'failed') return <Failed error={loaded.error} onRetry={loaded.reload} />;
  if (loaded.data.policy.id !== place.policy) return <Loading lines={9} />;
  const { policy, clauses } = loaded.data;
  return (
    <>
      <div className="pane-head">
        <h2 lang="zh-CN">{policy.title}</h2>
        <div className="row">
          <StatusBadge status={policy.status} />
          <a className="small" href={clauseHref(policy.id, place.clause)} target="_blank" rel="noreferrer">
            {say('document.open', { clause: place.clause })}
          </a>
        </div>
      </div>
      <DocumentView
        clauses={clauses}
        focus={focus}
        hrefOf={(clause) => clauseHref(policy.id, clause)}
        level={3}
      />
    </>
  );
}
