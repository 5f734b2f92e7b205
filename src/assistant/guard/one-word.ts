import { has } from './text.js';
import { anyOf, type GuardWords } from './words.js';

/** Writes a folded text in one way: equal words as the first of them, one form for each way to put a thing, softeners first. */
export function unifierOf(given: GuardWords): (folded: string) => string {
  const equals = new Map(given.equals.flatMap(([first, ...rest]) => rest.map((w) => [w, first!] as const)));
  const equal = anyOf([...equals.keys()]);
  const forms = formsOf(given);
  const softenersFirst = softenersFirstOf(given);
  return (text) =>
    softenersFirst(
      forms.reduce(
        (out, [form, one]) => out.replace(form, one),
        text.replace(equal, (w) => equals.get(w) ?? w),
      ),
    );
}

/** A text with each word as the first of those that mean the same; what two lists share makes them one. */
export function sameOf(
  groups: readonly (readonly string[])[],
  unify: (text: string) => string,
): (text: string) => string {
  const first = new Map<string, string>();
  const of = (w: string): string => {
    const f = first.get(w);
    return f === undefined || f === w ? w : of(f);
  };
  for (const group of groups) {
    const [head, ...rest] = group.map(unify);
    if (!first.has(head!)) first.set(head!, head!);
    for (const w of rest) if (of(w) !== of(head!)) first.set(of(w), of(head!));
  }
  const words = new Map([...first.keys()].map((w) => [w, of(w)] as const));
  const heads = [...new Set(words.values())];
  // A head is matched too, so that no shorter word is looked for within it.
  const re = anyOf([...words.keys(), ...heads]);
  return (text) => text.replace(re, (w) => words.get(w) ?? w);
}

/** Each form as an expression; a kind of unit in it is never the end of a longer name. */
function formsOf({ forms, kinds, longer }: GuardWords): [RegExp, string][] {
  const any = `(?:${[...kinds].sort((a, b) => b.length - a.length).join('|')})`;
  const kind = `(?<![${longer.join('')}])${any}`;
  return forms.map(([form, one]) => [
    new RegExp(form.replaceAll('{kind}', kind).replaceAll('{any}', any), 'g'),
    one,
  ]);
}

/** Puts a softener at the head of its phrase, which it governs wherever in it it stands: 一个单位原则上仅限…, 原则上一个单位仅限…. */
function softenersFirstOf({ softeners, alternatives, conjunctions }: GuardWords): (text: string) => string {
  const soft = new RegExp(softeners.join('|'), 'g');
  const phrases = new RegExp(`[^，。；：、！？\\n${[...alternatives, ...conjunctions].join('')}]+`, 'g');
  return (text) =>
    has(soft, text)
      ? text.replace(phrases, (phrase) => {
          const found: string[] = [];
          const rest = phrase.replace(soft, (w) => {
            found.push(w);
            return '';
          });
          return found.join('') + rest;
        })
      : text;
}
