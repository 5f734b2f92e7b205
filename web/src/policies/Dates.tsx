import type { PolicyView } from '../api/types.js';
import { useSay } from '../i18n.js';

/** Issued, effective, expires: what the document states, and where it states nothing, that. */
export function Dates({ policy }: { policy: PolicyView }) {
  const say = useSay();
  const none = say('date.none');
  return (
    <dl className="dates">
      <dt>{say('date.issued')}</dt>
      <dd>{policy.issued ?? none}</dd>
      <dt>{say('date.effective')}</dt>
      <dd>{policy.effective ?? none}</dd>
      <dt>{say('date.expires')}</dt>
      <dd>{policy.expires ?? none}</dd>
      {policy.repeals.length > 0 && (
        <>
          <dt>{say('date.repeals')}</dt>
          <dd lang="zh-CN">
            {policy.repeals
              .map((old) => `《${old.title}》${old.docNumber ? `（${old.docNumber}）` : ''}`)
              .join('、')}
          </dd>
        </>
      )}
    </dl>
  );
}
