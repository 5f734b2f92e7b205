import { Fragment, type ReactNode } from 'react';
import type { Answer, Block, Citation } from '../api/types.js';
import { useSay } from '../i18n.js';
import { useMedia } from '../theme.js';
import { figures } from './locate.js';
import './blocks.css';

interface Cites {
  citations: readonly Citation[];
  /** The citation that is open beside the answer, 1-based. */
  open?: number | null;
  onCite?: (index: number) => void;
}

interface Props extends Cites {
  blocks: readonly Block[];
  /** Marks every figure, for reading aloud. */
  mark?: boolean;
  /** Unfolds what a phone folds. */
  unfolded?: boolean;
}

/** The blocks of an answer. Text reaches the page as text nodes only. The words are Chinese in every language of the interface. */
export function Blocks({ blocks, mark, unfolded, ...cites }: Props) {
  const say = useSay();
  const groups: { more: boolean; blocks: Block[] }[] = [];
  for (const block of blocks) {
    const more = !unfolded && 'more' in block && block.more === true;
    const last = groups.at(-1);
    if (last && last.more === more) last.blocks.push(block);
    else groups.push({ more, blocks: [block] });
  }
  const show = (block: Block, at: number) => (
    <OneBlock key={at} block={block} mark={mark ?? false} cites={cites} />
  );
  return (
    <div className="blocks" lang="zh-CN">
      {groups.map((group, at) => (
        <Fragment key={at}>
          {group.more ? (
            <details>
              <summary>{say('answer.more')}</summary>
              {group.blocks.map(show)}
            </details>
          ) : (
            group.blocks.map(show)
          )}
        </Fragment>
      ))}
    </div>
  );
}

function OneBlock({ block, mark, cites }: { block: Block; mark: boolean; cites: Cites }) {
  const inline = (text: string, indexes: readonly number[]): ReactNode => (
    <>
      {mark ? <Figures text={text} /> : text}
      <Marks indexes={indexes} {...cites} />
    </>
  );
  switch (block.kind) {
    case 'heading':
      return <h3>{block.text}</h3>;
    case 'list':
      return <Items block={block} inline={inline} />;
    case 'table':
      return <Table head={block.head} rows={block.rows} inline={inline} />;
    case 'quote':
      return <blockquote>{inline(block.text, block.cites)}</blockquote>;
    default:
      return <p className={block.kind}>{inline(block.text, block.cites)}</p>;
  }
}

const MARKS: Record<string, 'pass' | 'fail' | 'unknown'> = {
  '✓': 'pass',
  '✗': 'fail',
  '？': 'unknown',
};

function Items(props: {
  block: Extract<Block, { kind: 'list' }>;
  inline: (text: string, cites: readonly number[]) => ReactNode;
}) {
  const say = useSay();
  const { items, ordered } = props.block;
  const Tag = ordered ? 'ol' : 'ul';
  const marked =
    !ordered && items.length > 0 && items.every((item) => MARKS[item.text[0] ?? ''] !== undefined);
  return (
    <Tag className={marked ? 'marks' : undefined}>
      {items.map((item, at) => {
        const key = `${at}`;
        if (!marked) return <li key={key}>{props.inline(item.text, item.cites)}</li>;
        const kind = MARKS[item.text[0]!]!;
        return (
          <li key={key}>
            <span className={`mark-${kind}`}>
              <span aria-hidden="true">{item.text[0]}</span>
              <span className="aloud">{say(`criterion.${kind}`)}</span>
            </span>
            <span>{props.inline(item.text.slice(1).trimStart(), item.cites)}</span>
          </li>
        );
      })}
    </Tag>
  );
}

/** A table where it fits; on a narrow screen each row becomes a list of its own. */
function Table(props: {
  head: readonly string[];
  rows: readonly (readonly { text: string; cites: number[] }[])[];
  inline: (text: string, cites: readonly number[]) => ReactNode;
}) {
  const narrow = useMedia('(max-width: 600px)');
  const { head, rows, inline } = props;
  const only = rows.length === 1 && head.length > 3 ? rows[0] : undefined;
  if (only) {
    // One matter across many columns reads better down than across.
    return (
      <table className="grid">
        <caption>{inline(only[0]?.text ?? '', only[0]?.cites ?? [])}</caption>
        <tbody>
          {only.slice(1).map((cell, at) => (
            <tr key={`${at}`}>
              <th scope="row">{head[at + 1]}</th>
              <td>{inline(cell.text, cell.cites)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    );
  }
  if (narrow && head.length > 2) {
    return (
      <div>
        {rows.map((row, at) => (
          <dl className="stack" key={`${at}`}>
            {row.map((cell, column) => (
              <Fragment key={`${column}`}>
                {column === 0 ? (
                  <dt>{inline(cell.text, cell.cites)}</dt>
                ) : (
                  <>
                    <dt>{head[column]}</dt>
                    <dd>{inline(cell.text, cell.cites)}</dd>
                  </>
                )}
              </Fragment>
            ))}
          </dl>
        ))}
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="scroll" tabIndex={0} aria-label={head.join('、')}>
      <table className="grid">
        <thead>
          <tr>
            {head.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={`${at}`}>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th key={`${column}`} scope="row">
                    {inline(cell.text, cell.cites)}
                  </th>
                ) : (
                  <td key={`${column}`}>{inline(cell.text, cell.cites)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Figures({ text }: { text: string }) {
  return figures(text).map((stretch, at) =>
    stretch.found ? (
      <mark className="figure" key={`${at}`}>
        {stretch.text}
      </mark>
    ) : (
      <Fragment key={`${at}`}>{stretch.text}</Fragment>
    ),
  );
}

function Marks({ indexes, citations, open, onCite }: Cites & { indexes: readonly number[] }) {
  const say = useSay();
  if (!onCite) return null;
  return [...new Set(indexes)].map((n) => {
    const citation = citations[n - 1];
    if (!citation) return null;
    return (
      <button
        type="button"
        key={n}
        className="cite"
        aria-label={say('answer.cite', { n, clause: citation.clause })}
        aria-pressed={open === undefined ? undefined : open === n}
        onClick={() => onCite(n)}
      >
        {n}
      </button>
    );
  });
}

/** The sources under an answer, by document. */
export function Sources({
  answer,
  titleOf,
  onCite,
}: {
  answer: Pick<Answer, 'citations'>;
  titleOf: (policy: string) => string;
  onCite: (index: number) => void;
}) {
  const say = useSay();
  if (answer.citations.length === 0) return null;
  const documents = new Map<string, { citation: Citation; n: number }[]>();
  answer.citations.forEach((citation, at) => {
    const name = citation.docNumber ?? titleOf(citation.policy);
    documents.set(name, [...(documents.get(name) ?? []), { citation, n: at + 1 }]);
  });
  return (
    <section className="sources" aria-label={say('answer.sources')}>
      <h3>{say('answer.sources')}</h3>
      {[...documents].map(([name, all]) => (
        <ul key={name} lang="zh-CN">
          <li className="group">{name}</li>
          {all.map(({ citation, n }) => (
            <li key={n}>
              <button type="button" className="chip" onClick={() => onCite(n)} title={citation.quote}>
                <b>{n}</b>
                {citation.clause}
              </button>
            </li>
          ))}
        </ul>
      ))}
    </section>
  );
}
