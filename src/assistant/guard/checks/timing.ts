import { type Check, drop } from '../context.js';
import { sameFigure } from '../figures.js';
import { bare, has } from '../text.js';

/** How much of what is measured tells that it is the document's own word for it, and no everyday one (营收). */
const MEASURE = 4;

/** What the document measures over a time (上年度主营业务收入, 近三年研发强度) is not said in its words without one. */
export const timing: Check = ({ s, figures, proofs, lexicon }) => {
  if (has(lexicon.re.timing, s)) return null;
  for (const f of figures)
    for (const p of proofs)
      for (const g of p.figures) {
        if (!sameFigure(f.q, g.q, lexicon.words.measures)) continue;
        const [found] = [...g.phrase.matchAll(lexicon.re.timing)].slice(-1);
        if (!found) continue;
        const measured = bare(g.phrase.slice(found.index + found[0].length)).replace(/^的/, '');
        if (measured.length > MEASURE && s.includes(measured.slice(0, MEASURE)))
          return drop('association', found[0]);
      }
  return null;
};
