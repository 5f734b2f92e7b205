import { Fragment, useMemo, useState } from 'react';
import type { Clause, LedgerEntry, Rule } from '../api/types.js';
import { type Key, useSay } from '../i18n.js';
import { Empty } from '../parts/States.js';
import { Link } from '../router.js';

const ACCOUNTS = ['criterion', 'calculation', 'lookup', 'structural'];

/** Every figure of the document, by clause, and what accounts for it. */
export function LedgerView(props: {
  ledger: readonly LedgerEntry[];
  clauses: readonly Clause[];
  /** Name what a criterion's figure is used by. */
  rules: readonly Rule[];
  hrefOf: (clause: string) => string;
  onOpen: () => void;
}) {
  const say = useSay();
  const [account, setAccount] = useState('used');
  const around = useMemo(() => contexts(props.ledger, props.clauses), [props.ledger, props.clauses]);
  const groups = useMemo(() => {
    const byClause = new Map<string, LedgerEntry[]>();
    for (const entry of props.ledger) {
      if (!shows(account, entry)) continue;
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
        {['used', ...ACCOUNTS, 'all'].map((one) => (
          <button
            type="button"
            key={one}
            className={account === one ? 'chip strong' : 'chip'}
            aria-pressed={account === one}
            onClick={() => setAccount(one)}
          >
            {say(`account.${one}` as Key)}
            <span className="soft">{props.ledger.filter((entry) => shows(one, entry)).length}</span>
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
                      <Stands around={around.get(entry)} text={entry.text} />
                    </td>
                    <td>
                      {ACCOUNTS.includes(entry.account)
                        ? say(`account.${entry.account}` as Key)
                        : entry.account}
                    </td>
                    <td className="soft">{named(entry, props.rules)}</td>
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

const shows = (account: string, entry: LedgerEntry): boolean =>
  account === 'all' || (account === 'used' ? entry.account !== 'structural' : entry.account === account);

/** What uses a figure, in words: a condition by its title, a reason as it is written; a bare id tells a reader nothing. */
function named(entry: LedgerEntry, rules: readonly Rule[]): string {
  const title = rules.find((rule) => rule.id === entry.by)?.title;
  return title ?? (/\p{Script=Han}/u.test(entry.by) ? entry.by : '');
}

/** Characters of the clause shown on either side of a figure. */
const BESIDE = 16;

interface Around {
  before: string;
  after: string;
}

/** The words on either side of every figure. Figures of a clause come in its order, so each is looked for after the last. */
function contexts(ledger: readonly LedgerEntry[], clauses: readonly Clause[]): Map<LedgerEntry, Around> {
  const bare = (text: string) => text.replace(/\s+/gu, '');
  const texts = new Map(clauses.map((clause) => [clause.clause, bare(clause.text)]));
  const reached = new Map<string, number>();
  const found = new Map<LedgerEntry, Around>();
  for (const entry of [...ledger].sort((a, b) => a.start - b.start)) {
    const text = texts.get(entry.clause);
    const figure = bare(entry.text);
    const at = text?.indexOf(figure, reached.get(entry.clause) ?? 0) ?? -1;
    if (text === undefined || at < 0) continue;
    const end = at + figure.length;
    reached.set(entry.clause, end);
    found.set(entry, {
      before: text.slice(Math.max(0, at - BESIDE), at),
      after: text.slice(end, end + BESIDE),
    });
  }
  return found;
}

function Stands({ around, text }: { around: Around | undefined; text: string }) {
  return (
    <>
      {around && <span className="soft">{around.before}</span>}
      <strong className="figure">{text}</strong>
      {around && <span className="soft">{around.after}</span>}
    </>
  );
}
