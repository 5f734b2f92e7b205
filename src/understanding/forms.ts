const TICK = '[☑✓✔√■☒Xx×✗]';
const TICKED = '[☑✓✔√■☒]';
const EMPTY = '[□☐◻○]|\\[ ?\\]|[(（] ?[)）]';
const YES = '是|有|已有|具备|具有';
const NO = '否|无|没有|不是|不具备|未';
/** A box with a mark in it, before or behind its word. */
const BOX = `(?:${TICKED}|\\[ ?${TICK} ?\\]|[(（] ?${TICK} ?[)）])`;
/** A word of a form that is ticked or left empty. */
const CHOICES: readonly [RegExp, string][] = [
  [new RegExp(`(${YES}) ?${BOX} ?[/／]? ?(?:${NO}) ?(?:${EMPTY})`, 'g'), '：是'],
  [new RegExp(`(${YES}) ?(?:${EMPTY}) ?[/／]? ?(?:${NO}) ?${BOX}`, 'g'), '：否'],
  [new RegExp(`${BOX} ?(${YES}) ?[/／]? ?(?:${EMPTY}) ?(?:${NO})`, 'g'), '：是'],
  [new RegExp(`(?:${EMPTY}) ?(${YES}) ?[/／]? ?${BOX} ?(?:${NO})`, 'g'), '：否'],
  [new RegExp(`[［\\[【] ?(${YES}|${NO}) ?[】\\]］]`, 'g'), '：$1'],
  [/[(（] ?(?:是 ?[/／] ?否|有 ?[/／] ?无|y ?[/／] ?n) ?[)）]/gi, ''],
];
const ANSWER = '(?:是的?|有的?|对的?|否|没有|不是|无|没|从未|未曾?|不具备|[√✓✔×✗])';
/** 是否高新技术企业：是, 有没有省级平台：没有: the heading asks, what stands behind it tells. */
const HEADED = new RegExp(
  `(?:是否|是不是|有没有|有无)(?:为|属于|具有|具备|拥有|存在|有|是)?([^，,。；;：:？?\\n]{2,18}?)(?:吗|么)? ?[：:] ?(?=${ANSWER}(?:$|[，,。；;\\s]))`,
  'g',
);
/** 高新吗？是。 问：被取消过吗？答：没有: a question that one answers oneself. */
const ANSWERED = new RegExp(
  `(^|[，,。；;：:？?\\n ])(?:是否|是不是|有没有|有无)?([^，,。；;：:？?\\n ]{2,14}?)(?:吗|么|没有|没)?[？?] ?(?:答[：:]? ?)?(?=${ANSWER}(?:$|[，,。；;\\s]))`,
  'g',
);

/** A form as people paste it, with boxes ticked and headings that ask, written out as statements (专精特新 □是 ☑否 as 专精特新：否). */
export function readForms(text: string): string {
  if (!/[☑✓✔√■☒□☐[［【：:？?(（]/.test(text)) return text;
  const ticked = CHOICES.reduce((t, [from, to]) => t.replace(from, to), text);
  return ticked
    .replace(/ ?[：:] ?(是|否|有|无|[√✓✔☑✅×✗✘❌])(?= [\u4e00-\u9fff])/g, '：$1，')
    .replace(HEADED, '$1：')
    .replace(ANSWERED, '$1$2：')
    .replace(/(^|[，。；;\s])[问答][：:]/g, '$1');
}
