import { point, ZERO } from '../quantity/index.js';
import type { FactSpec, FactValue } from '../rules/types.js';
import { WordFinder } from './lexicon.js';
import type { Reading } from './reading.js';
import { isAfterthought, stateOf } from './state.js';
import type { FactMention } from './types.js';

/** What all members must sign. */
const SIGNED = 'consortium.agreement_signed';

/** Words that add nothing to a yes or a no. */
const PARTICLES =
  /(这种情况|这个|这回事|情况|问题|任何|什么|过|呢|吧|啊|的|了|好|都|已经|全部|我们|单位|企业|公司)/g;

/** Whether what follows a yes or a no speaks of the fact asked for and of nothing else (没被取消过, not 不是泉州是厦门). */
function onlyAbout(spec: FactSpec, rest: string): boolean {
  let left = rest.replace(PARTICLES, '');
  for (const word of [...spec.synonyms].sort((a, b) => b.length - a.length)) left = left.replaceAll(word, '');
  return [...left].filter((ch) => !spec.label.includes(ch) && !spec.question.includes(ch)).length === 0;
}

/** What was last told to be missing, when the whole message says that it is done now (聘好了). */
function undone(reading: Reading): string | null {
  const { lastTopics, facts } = reading.conversation;
  const lacking = (id: string) => {
    const value = facts.get(id);
    return value?.type === 'boolean' && !value.value;
  };
  // 聘好了: the verb tells which, where several are lacking.
  const verb = /[聘签交写编定拿评]/.exec(reading.text)?.[0];
  const spoken = (id: string) => verb !== undefined && reading.vocabulary.get(id)?.question.includes(verb);
  const talked = lastTopics.filter(lacking);
  const open = talked.length > 0 ? talked : [...facts.keys()].filter((id) => lacking(id) && spoken(id));
  return open.length === 1 &&
    /^(现在|今天|刚|已经?|都|也)*[聘签交写编定拿评补办过弄搞][^，]{0,3}(了|好|下来)[。！!]?$/.test(
      reading.text,
    )
    ? open[0]!
    : null;
}

const hasFigureOf = (reading: Reading, end: number): boolean =>
  reading.quantities.some((q) => q.start < end && q.unit !== 'number' && q.unit !== 'count');

const levelIn = (spec: FactSpec, text: string): boolean =>
  spec.values.slice(1).some((v) => v.words.some((w) => text.includes(w)));

/** An answer without the words of the question that it takes up (有专职研发团队吗？ 团队有). */
function withoutItsWords(spec: FactSpec, text: string): string {
  for (let n = text.length - 1; n >= 2; n--)
    if (spec.question.includes(text.slice(0, n))) return text.slice(n);
  return text;
}

/** What an answer says of the yes/no fact asked for; 'open' where the user leaves it open or speaks of another unit. */
function answerOf(reading: Reading, text: string, spec: FactSpec): 'held' | 'lacking' | 'open' | null {
  const { language } = reading;
  // 除了厦大都签了: not by all.
  if (spec.id === SIGNED && language.cues.notAll.test(text)) return 'lacking';
  const lead = language.cues.otherUnits.exec(text);
  if (
    lead &&
    lead.index <= 3 &&
    /^(那边)?(是|有|的|也|都|才|拿)/.test(text.slice(lead.index + lead[0].length))
  )
    return /(我们|自己|本部)[^，]{0,3}(不是|没)/.test(text) ? 'lacking' : 'open';
  if (language.cues.concedes.test(text)) return 'held';
  let left = text;
  for (const word of [...spec.synonyms].sort((a, b) => b.length - a.length)) left = left.replaceAll(word, '');
  left = withoutItsWords(spec, left);
  const { state } = stateOf(left, language);
  if (state === null) return null;
  if (state === 'doubt') return 'open';
  // “都签了”, “差一家”, “暂时没”: nothing but how it stands.
  if (
    !isAfterthought(
      left.replace(/[\d一二两三四五六七八九几]+[家个份人]/g, '').replace(/^差$/, '还差'),
      language,
    )
  ) {
    return /^(还|就|只)?(差|缺)/.test(left) ? 'lacking' : null;
  }
  if (/^(还|就|只)?(差|缺)/.test(left)) return 'lacking';
  return state === 'held' ? 'held' : 'lacking';
}

/** “是的”, “没有”, “省级” as the answer to the fact last asked for. */
export function readBareAnswer(reading: Reading): FactMention | null {
  const done = reading.conversation.pending === null ? undone(reading) : null;
  if (done !== null)
    return { fact: done, value: { type: 'boolean', value: true }, start: 0, end: reading.text.length };
  const { pending } = reading.conversation;
  // Of several facts asked for at once, which one a bare word answers is for the reader of all of them.
  const several = (reading.conversation.asked?.facts.length ?? 0) > 1;
  const spec = pending === null || several ? undefined : reading.vocabulary.get(pending);
  // “签了，方案也交了”: the first words answer, the rest tells more.
  const first = reading.segments[0];
  const lone = reading.segments.length > 1 && first !== undefined && first.text.length <= 5;
  const said = (lone ? first.text : reading.text)
    .replace(/[。！!？?，,~\s的了呢啊呀吧哦呗]+$/g, '')
    .replace(/^(嗯+|哦|噢|啊|呃|那个|我们)[，, ]*(?=.)/, '');
  if (!spec || said.length > 14 || (!lone && reading.quantities.length > 1)) return null;
  const { yes, no, unknownAnswer, cues } = reading.language;
  // 那差几个: how many are wanting is asked; of signatures alone it also tells that some are.
  if (cues.shortfallAsked.test(said) && spec.id !== SIGNED) return null;
  if (unknownAnswer.some((w) => said.includes(w)) || /(吗|什么|怎么|\?|？)/.test(reading.text)) return null;
  const end = lone ? first.end : reading.text.length;
  const whole = (value: FactValue): FactMention => ({
    fact: spec.id,
    value,
    start: 0,
    end,
  });
  const others = reading.names.some(
    (n) =>
      n.start < end &&
      !n.value.facts.includes(spec.id) &&
      n.value.facts.some((f) => reading.vocabulary.get(f)?.type !== 'count'),
  );
  const typed = (lone ? first.text : reading.text).replace(/[。！!？?，,~\s]+$/g, '');
  const says = (list: readonly string[]) =>
    list.some(
      (w) =>
        said === w || typed === w || (!others && said.startsWith(w) && onlyAbout(spec, said.slice(w.length))),
    );
  const hasFigure = reading.quantities.some((q) => q.start < end && q.unit !== 'number');
  // 应该是吧, 还在申报, 子公司是: how it stands, in words of one's own.
  // 先等下，占比我算错了: of something told before, no answer.
  if (lone && reading.language.cues.takesBack.test(reading.text)) return null;
  if (spec.type === 'boolean' && !others && !hasFigureOf(reading, end)) {
    const told = answerOf(reading, lone ? first.text : reading.text, spec);
    if (told === 'open') return null;
    if (told !== null) return whole({ type: 'boolean', value: told === 'held' });
  }
  if (spec.id === 'lead.is_parent_company') {
    const { parentSaid, childSaid } = reading.language.cues;
    if (parentSaid.test(said) || childSaid.test(said))
      return whole({ type: 'boolean', value: parentSaid.test(said) });
  }
  if (spec.type === 'level') {
    // Levels are read with the platform that was asked for; here none of them.
    const none = new WordFinder(spec.values[0]!.words.map((w) => [w, w] as const)).find(said)[0];
    const bare = stateOf(said, reading.language);
    const denied =
      bare.kinds.length > 0 &&
      bare.kinds.every((k) => k === 'Not') &&
      bare.rest.replace(/[都也还呢啊]/g, '') === '';
    if (denied) return whole({ type: 'enum', value: spec.values[0]!.id });
    const lacks = none !== undefined && said.length - none.word.length <= 4 && !levelIn(spec, said);
    return lacks ? whole({ type: 'enum', value: spec.values[0]!.id }) : null;
  }
  if (spec.values.length > 0) {
    // “那厦门呢” asks in turn.
    if (/呢[?？。]*$/.test(reading.text)) return null;
    const words = spec.values.flatMap((v) => [v.label, ...v.words].map((w) => [w, v.id] as const));
    const finder = new WordFinder(words);
    // 有，省级的: the value stands in the next statement.
    const hit =
      finder.find(said)[0] ??
      (lone && reading.text.length <= 14 && says(yes) ? finder.find(reading.text)[0] : undefined);
    // 厦门备案材料: of the rules there.
    const seat = spec.id === 'lead.city' || spec.id === 'lead.main_site_city';
    if (hit && seat && !reading.language.cues.placeAlone.test(said.slice(hit.end))) return null;
    if (hit && !/^(不是|没有.|不)/.test(said)) return whole({ type: 'enum', value: hit.value });
    return null;
  }
  // 其中本地3家, 再加一个呢: said next, and no name.
  if (spec.type === 'text')
    return cues.nameTold.test(said) ? whole({ type: 'text', value: reading.text }) : null;
  if (hasFigure) return null;
  if (says(no)) {
    if (spec.type === 'boolean') return whole({ type: 'boolean', value: false });
    if (spec.type === 'date' && spec.orWord !== null) return whole({ type: 'date', value: spec.orWord });
    if (spec.type === 'count') return whole({ type: 'number', range: point(ZERO) });
  }
  if (spec.type === 'count') {
    // 暂时没有, 一个都还没有: nothing but a denial.
    const told = stateOf(said, reading.language);
    const none =
      told.state === 'lacking' &&
      told.kinds.every((k) => k === 'Not') &&
      told.rest.replace(/暂时?|目前|现在|一个|一家|一名|一位|都|也|还|倒|我|们/g, '') === '';
    if (none) return whole({ type: 'number', range: point(ZERO) });
  }
  if (spec.type === 'date' && spec.orWord !== null) {
    // 从来没有, 一次都没: nothing but a denial.
    const told = stateOf(said, reading.language);
    const never =
      told.state === 'lacking' &&
      !told.kinds.includes('Got') &&
      told.rest.replace(/从来|一直|压?根|一次|根本|都|过|也|我|们/g, '') === '';
    if (never) return whole({ type: 'date', value: spec.orWord });
  }
  return spec.type === 'boolean' && says(yes) ? whole({ type: 'boolean', value: true }) : null;
}
