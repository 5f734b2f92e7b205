import type { Language } from './language.js';
import type { Found } from './lexicon.js';

const NUMBER = '(?:\\d{1,2}|[一二两三四五六七八九十]{1,2})';

const COUNT = `${NUMBER}[家个所]`;

/** 6家注册在温州, 5家都在泉州: what is said of the counted before the city, and what ends it. */
const SEATED = new RegExp(`(${COUNT})(单位|成员)?(都|均|是)?(注册|登记|落户|位于)?(地)?(在|于)$`);

const ENDED = /^(市)?(本地|当地|市内|注册|登记)?的?(?=[，,。；;、！!？?）)\s]|$|有|和)/;

/** 温州的四家, 溫州註冊四家: the city as what tells the counted apart. */
const TOLD_APART = new RegExp(
  `^(市)?(市域内|市内|本地|当地)?(的|注册的?|登记的?)(单位|成员)?(就|只|才|也|有|是|占|共|一共|大概)*(?=${COUNT}(单位|成员)?(?:[，,。；;、！!？?）)\\s]|$|和|企业${NUMBER}))`,
);

/**
 * Members told by where they are (八家单位里温州的四家, 6家注册在温州, 5家在泉州) as what they are called elsewhere: 本地四家. Only
 * members of the one city that a question is about are its own; with two cities named, of the one named twice.
 * @param found the words of covered cities in the text
 * @param local the word for a member of the city itself
 */
export function localCounts(text: string, found: readonly Found<string>[], local: string): string {
  const ids = [...new Set(found.map((c) => c.value))];
  const own = ids.length === 1 ? ids[0] : ids.find((id) => found.filter((c) => c.value === id).length > 1);
  let out = text;
  for (const c of [...found].reverse()) {
    if (c.value !== own) continue;
    const [before, after] = [out.slice(0, c.start), out.slice(c.end)];
    const seated = SEATED.exec(before);
    const ended = ENDED.exec(after);
    if (seated && ended) {
      out = `${before.slice(0, seated.index)}${seated[1]}${local}${after.slice(ended[0].length)}`;
      continue;
    }
    const apart = TOLD_APART.exec(after);
    if (apart && !/(在|我们|公司|不是)$/.test(before))
      out = `${before}${local}的${after.slice(apart[0].length)}`;
  }
  return out;
}

/** “温州总共5家，3家温州的”: members of the city asked about are local ones. */
export function localMembers(text: string, found: readonly Found<string>[], language: Language): string {
  return [...found].reverse().reduce((out, c) => {
    const counted = language.seatCues.localCounted.test(text.slice(0, c.start));
    const noun = language.seatCues.localNoun.test(text.slice(c.end));
    const asked = found.some((o) => o !== c && o.value === c.value);
    return counted && noun && asked
      ? `${out.slice(0, c.start)}${language.localWord}${out.slice(c.end)}`
      : out;
  }, text);
}
