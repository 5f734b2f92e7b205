/**
 * How Chinese questions are put: words that only ask, and for each kind of question what a passage that answers it tends
 * to hold. General language, written by hand; no wording of a document.
 */

/** Words that ask, address or soften, and say nothing of the subject. */
export const ASKING = [
  '请问',
  '想问',
  '问一下',
  '想知道',
  '想了解',
  '告诉我',
  '麻烦',
  '您好',
  '你好',
  '咨询',
  '请介绍',
  '是什么',
  '什么是',
  '为什么',
  '什么样',
  '是什么样',
  '什么',
  '哪些',
  '哪几',
  '哪个',
  '哪种',
  '哪类',
  '哪里',
  '哪儿',
  '哪家',
  '哪所',
  '哪方面',
  '哪',
  '谁',
  '多少',
  '多久',
  '多长时间',
  '多长',
  '多大',
  '多高',
  '几个',
  '几',
  '何时',
  '何地',
  '何种',
  '何',
  '如何',
  '怎么样',
  '怎么办',
  '怎么',
  '怎样',
  '怎',
  '是否',
  '能否',
  '可否',
  '能不能',
  '可不可以',
  '会不会',
  '要不要',
  '有没有',
  '是不是',
  '吗',
  '呢',
  '吧',
  '啊',
  '呀',
  '么',
  '的话',
] as const;

/** Characters that join words. */
export const JOINING =
  '的了在是和与及或等之于对为有将把被让由向从到至以而其所这那个些我你他它们都也就还又要会';

/** Characters that write a number, besides digits. */
export const NUMERALS = '一二三四五六七八九十百千万亿两〇零半';
/** What stands after a number when it counts or measures, first characters. */
export const MEASURES =
  '元年月日天小时分周人家个名次件台户米吨克千万亿倍%‰平所项种类条款辆只张岁级度号公亩座例床';
/** What stands after a number when it tells a date or a length of time. */
export const TIMES = '年月日天小时周季';

export interface QuestionKind {
  name: string;
  /** Matches a normalised question of this kind. */
  asks: RegExp;
  /** Two- or three-character words one of which an answering passage tends to hold. */
  cues: readonly string[];
  /** What a cue is worth, where a full match of the question's terms is worth 1. */
  weight: number;
  /** A number with a measure, or one with a unit of time. */
  holds?: 'figure' | 'time';
}

export const KINDS: readonly QuestionKind[] = [
  {
    name: 'penalty',
    weight: 0.23,
    asks: /处罚|惩罚|受罚|罚款|罚多少|后果|追究|什么责任|哪些责任|如何处理|怎么处理|怎样处理|会怎|处分|制裁/,
    cues: ['罚款', '责令', '处以', '没收', '吊销', '处分', '刑事', '警告', '追究', '撤销', '取消'],
  },
  {
    name: 'definition',
    weight: 0.3,
    asks: /什么是|是什么[?？]?$|是指|指什么|指的是|指哪|含义|定义|什么意思|什么叫|叫什么|所称|称为|视为/,
    cues: ['是指', '所称', '指的', '本法所', '系指', '包括'],
  },
  {
    name: 'purpose',
    weight: 0.35,
    asks: /目的|宗旨|为什么|为何|依据什么/,
    cues: ['为了', '制定', '目的', '旨在', '根据'],
  },
  { name: 'scope', weight: 0.2, asks: /适用|范围|对象/, cues: ['适用', '范围', '对象'] },
  {
    name: 'organ',
    weight: 0.1,
    asks: /谁|哪个部门|哪些部门|哪个机构|哪些机构|哪个机关|什么部门|什么机构|哪级|哪里|哪儿|何处/,
    cues: ['负责', '主管', '部门', '机关', '机构', '委员会', '人民政府'],
  },
  { name: 'amount', weight: 0, asks: /多少|几|多大|多高|比例|金额|额度|标准是/, cues: [], holds: 'figure' },
  {
    name: 'period',
    weight: 0,
    asks: /多久|多长|期限|有效期|几年|几天|几个月|几日|时限|周期|多少天|多少日|多少年|之内/,
    cues: [],
    holds: 'time',
  },
  {
    name: 'date',
    weight: 0.15,
    asks: /什么时候|什么时间|何时|哪天|哪一天|几月|几号|时间|日期|哪年|截止/,
    cues: ['之日', '施行', '截止', '日起', '起至'],
    holds: 'time',
  },
  {
    name: 'conditions',
    weight: 0.08,
    asks: /条件|资格|要求|符合/,
    cues: ['条件', '具备', '符合', '下列', '要求'],
  },
  {
    name: 'materials',
    weight: 0.15,
    asks: /材料|资料|文件|提交|递交|提供什么/,
    cues: ['材料', '提交', '下列', '资料', '文件'],
  },
  {
    name: 'procedure',
    weight: 0.05,
    asks: /如何|怎么|怎样|流程|程序|步骤|手续|办理/,
    cues: ['申请', '程序', '办理', '应当', '通过', '流程'],
  },
  {
    name: 'list',
    weight: 0.04,
    asks: /哪些|哪几|包括什么|有什么|分为|种类|内容/,
    cues: ['下列', '包括', '以下', '主要', '内容'],
  },
  {
    name: 'contact',
    weight: 0.05,
    asks: /电话|热线|网址|邮箱|地址|联系/,
    cues: ['电话', '热线', '地址', '邮箱', '网址', '联系'],
    holds: 'figure',
  },
];
