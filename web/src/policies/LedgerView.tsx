import { Fragment, useMemo, useState } from 'react';
import type { LedgerEntry, Rule } from '../api/types.js';
import { type Key, useSay } from '../i18n.js';
import { Empty } from '../parts/States.js';
import { Link } from '../router.js';

const ACCOUNTS = ['criterion', 'calculation', 'lookup', 'structural'];

/** Every figure of the document, by clause, and what accounts for it. */
export function LedgerView(props: {
  ledger: readonly LedgerEntry[];
  /** Name what a criterion's figure is used by. */
  rules: readonly Rule[];
  hrefOf: (clause: string) => string;
  onOpen: () => void;
}) {
  const say = useSay();
  const [account, setAccount] = useState<string | null>(null);
  const groups = useMemo(() => {
    const byClause = new Map<string, LedgerEntry[]>();
    for (const entry of props.ledger) {
      if (account !== null && entry.account !== account) continue;
      byClause.set(entry.clause, [...(byClause.get(entry.clause) ?? []), entry]);
    }
    return [...byClause];
  }, [props.ledger, account]);
  if (props.ledger.length === 0) return <Empty title={say('ledger.none')} />;
  return (
    <div className="card">
      <p className="soft" style={{ marginBottom: 12 }}>
        {say('ledger.text')}
      </p>
      <div className="ledger-filter" role="group" aria-label={say('ledger.filter')}>
        {[null, ...ACCOUNTS].map((one) => (
          <button
            type="button"
            key={one ?? 'all'}
            className={account === one ? 'chip strong' : 'chip'}
            aria-pressed={account === one}
            onClick={() => setAccount(one)}
          >
            {say(`account.${one ?? 'all'}` as Key)}
            <span className="soft">
              {one === null
                ? props.ledger.length
                : props.ledger.filter((entry) => entry.account === one).length}
            </span>
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={say('ledger.title')}>
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{say('ledger.clause')}</th>
              <th scope="col">{say('ledger.figure')}</th>
              <th scope="col">{say('ledger.account')}</th>
              <th scope="col">{say('ledger.by')}</th>
            </tr>
          </thead>
          <tbody lang="zh-CN">
            {groups.map(([clause, entries]) => (
              <Fragment key={clause}>
                {entries.map((entry, at) => (
                  <tr key={`${entry.start}-${entry.end}-${entry.by}`}>
                    {at === 0 && (
                      <th scope="rowgroup" rowSpan={entries.length}>
                        <Link href={props.hrefOf(clause)} onClick={props.onOpen}>
                          {clause}
                        </Link>
                      </th>
                    )}
                    <td>
                      <strong>{entry.text}</strong>
                    </td>
                    <td>
                      {ACCOUNTS.includes(entry.account)
                        ? say(`account.${entry.account}` as Key)
                        : entry.account}
                    </td>
                    <td className="soft">
                      {props.rules.find((rule) => rule.id === entry.by)?.title ?? entry.by}
                    </td>
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
