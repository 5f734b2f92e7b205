import type { Rule } from '../api/types.js';
import { type Key, useSay } from '../i18n.js';
import { Empty } from '../parts/States.js';
import { Link } from '../router.js';

const SUBJECTS = ['lead', 'member', 'consortium', 'talent-consortium'];
const TONES: Record<string, string> = { must: 'bad', principle: 'warn', judgement: '' };

/** The conditions as the bureau wrote them: what is required, of whom, how strictly, and where it stands. */
export function RulesView(props: {
  rules: readonly Rule[];
  hrefOf: (clause: string) => string;
  onOpen: () => void;
}) {
  const say = useSay();
  if (props.rules.length === 0) return <Empty title={say('rules.none')} />;
  return (
    <div className="card">
      <p className="soft">{say('rules.text')}</p>
      {SUBJECTS.map((subject) => {
        const rules = props.rules.filter((rule) => rule.subject === subject);
        if (rules.length === 0) return null;
        return (
          <section key={subject}>
            <h2 className="subject">{say(`subject.${subject}` as Key)}</h2>
            {rules.map((rule) => (
              <article className="rule" key={rule.id} lang="zh-CN">
                <div className="row">
                  <h3>{rule.title}</h3>
                  <span className={`badge ${TONES[rule.strength] ?? ''}`}>
                    {say(`strength.${rule.strength}` as Key)}
                  </span>
                </div>
                {rule.required && <p>{rule.required}</p>}
                <blockquote>{rule.quote}</blockquote>
                {rule.note && <p className="small soft">{rule.note}</p>}
                <Link className="small" href={props.hrefOf(rule.clause)} onClick={props.onOpen}>
                  {rule.clause}
                </Link>
              </article>
            ))}
          </section>
        );
      })}
    </div>
  );
}
