import Drawer from 'antd/es/drawer';
import { Fragment } from 'react';
import { getClause } from '../api/calls.js';
import type { Citation } from '../api/types.js';
import { useSay } from '../i18n.js';
import { Link } from '../router.js';
import { useMedia } from '../theme.js';
import { locate } from './locate.js';
import { Failed, Loading } from './States.js';
import { useData } from './useData.js';

/** The permanent address of a clause in its document. */
export function clauseHref(policy: string, clause: string): string {
  return `/policies/${encodeURIComponent(policy)}#${encodeURIComponent(clause)}`;
}

/** A clause over the page, the quoted words marked. Focus goes in, stays in, and returns to the chip on closing. */
export function ClauseDrawer(props: {
  citation: Citation | null;
  titleOf: (policy: string) => string;
  onClose: () => void;
}) {
  const say = useSay();
  const narrow = useMedia('(max-width: 600px)');
  const { citation } = props;
  return (
    <Drawer
      open={citation !== null}
      onClose={props.onClose}
      placement={narrow ? 'bottom' : 'right'}
      size={narrow ? '72%' : 480}
      title={citation ? `${say('clause.title')} ${citation.clause}` : ''}
      destroyOnHidden
      closable={{ 'aria-label': say('close') }}
    >
      {citation && <ClauseText citation={citation} titleOf={props.titleOf} />}
    </Drawer>
  );
}

function ClauseText({ citation, titleOf }: { citation: Citation; titleOf: (policy: string) => string }) {
  const say = useSay();
  const loaded = useData(`${citation.policy}/${citation.clause}`, (signal) =>
    getClause(citation.policy, citation.clause, signal),
  );
  if (loaded.state === 'loading') return <Loading lines={5} />;
  if (loaded.state === 'failed') return <Failed error={loaded.error} onRetry={loaded.reload} inline />;
  const paragraphs = loaded.data.text.split('\n');
  return (
    <div>
      <div className="clause-head" lang="zh-CN">
        <strong>{titleOf(citation.policy)}</strong>
        <span className="soft small">
          {[citation.docNumber, loaded.data.path.join(' › ')].filter(Boolean).join(' · ')}
        </span>
      </div>
      <div className="clause-text" lang="zh-CN">
        {locate(paragraphs, citation.quote).map((stretches, at) => (
          <p key={`${at}`}>
            {stretches.map((stretch, index) =>
              stretch.found ? (
                <mark key={`${index}`}>{stretch.text}</mark>
              ) : (
                <Fragment key={`${index}`}>{stretch.text}</Fragment>
              ),
            )}
          </p>
        ))}
      </div>
      <p style={{ marginTop: 20 }}>
        <Link href={clauseHref(citation.policy, citation.clause)}>{say('clause.whole')}</Link>
      </p>
    </div>
  );
}
