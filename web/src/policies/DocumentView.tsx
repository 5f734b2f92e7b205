import { Fragment, useEffect, useMemo, useRef } from 'react';
import type { Clause } from '../api/types.js';
import { useSay } from '../i18n.js';
import { locate, type Stretch } from '../parts/locate.js';
import './policies.css';

/** What the reader should see first: a clause, and the words of it that were quoted. */
export interface Focus {
  clause: string;
  quote?: string;
}

/**
 * A document whole, a section a clause, each with its permanent anchor. `focus` scrolls to a clause and marks its quote.
 * @param prefix keeps ids apart where a document stands beside something else
 */
export function DocumentView(props: {
  clauses: readonly Clause[];
  focus: Focus | null;
  /** Address of a clause, for its permanent link. */
  hrefOf: (clause: string) => string;
  /** Moves the focus of the keyboard too: a reader who followed a link goes on from there. */
  takeFocus?: boolean;
  /** Chapters are headings of this level. */
  level?: 2 | 3;
}) {
  const say = useSay();
  const root = useRef<HTMLDivElement>(null);
  const { clauses, focus, takeFocus, level = 2 } = props;
  const texts = useMemo(() => marked(clauses, focus), [clauses, focus]);

  useEffect(() => {
    if (!focus || !root.current) return;
    const section = root.current.querySelector<HTMLElement>(`[data-clause="${CSS.escape(focus.clause)}"]`);
    const target = section?.querySelector('mark') ?? root.current.querySelector('mark') ?? section;
    target?.scrollIntoView({ block: 'center', behavior: 'instant' });
    if (takeFocus) section?.focus({ preventScroll: true });
  }, [focus, takeFocus]);

  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className="document" lang="zh-CN" ref={root}>
      {clauses.map((clause, at) => {
        const paragraphs = texts[at]!;
        const heads = isHeading(clause);
        return (
          <section
            key={clause.clause}
            id={anchorOf(clause.clause)}
            data-clause={clause.clause}
            data-depth={Math.min(clause.path.length, 4)}
            className={focus?.clause === clause.clause ? 'clause here' : 'clause'}
            tabIndex={-1}
            aria-label={clause.clause}
          >
            {paragraphs.map((stretches, index) => {
              const words = show(stretches);
              const key = `${index}`;
              if (heads && index === 0) return <Heading key={key}>{words}</Heading>;
              return <p key={key}>{words}</p>;
            })}
            <a
              className="anchor"
              href={props.hrefOf(clause.clause)}
              aria-label={say('clause.link', { clause: clause.clause })}
              title={say('clause.link', { clause: clause.clause })}
            >
              #
            </a>
          </section>
        );
      })}
    </div>
  );
}

/** The id of a clause on the page: its label, without the spaces that an id may not have. */
export const anchorOf = (clause: string): string => clause.replace(/\s+/gu, '_');

const HEADINGS = new Set(['chapter', 'section', 'annex']);

function isHeading(clause: Clause): boolean {
  if (!HEADINGS.has(clause.kind)) return false;
  // A numbered sentence that runs on is text, whatever its number.
  return (clause.text.split('\n')[0] ?? '').length <= 40;
}

const show = (stretches: readonly Stretch[]) =>
  stretches.map((stretch, at) =>
    stretch.found ? (
      <mark key={`${at}`}>{stretch.text}</mark>
    ) : (
      <Fragment key={`${at}`}>{stretch.text}</Fragment>
    ),
  );

/** Paragraphs of every clause in stretches; the quote is looked for from its clause on, since it may run into the next. */
function marked(clauses: readonly Clause[], focus: Focus | null): Stretch[][][] {
  const plain = clauses.map((clause) => clause.text.split('\n').map((text) => [{ text, found: false }]));
  if (!focus?.quote) return plain;
  const from = Math.max(
    0,
    clauses.findIndex((clause) => clause.clause === focus.clause),
  );
  const places: { clause: number; paragraph: number; text: string }[] = [];
  for (let clause = from; clause < clauses.length; clause++) {
    clauses[clause]!.text.split('\n').forEach((text, paragraph) => {
      places.push({ clause, paragraph, text });
    });
  }
  const found = locate(
    places.map((place) => place.text),
    focus.quote,
  );
  places.forEach((place, at) => {
    plain[place.clause]![place.paragraph] = found[at]!;
  });
  return plain;
}
