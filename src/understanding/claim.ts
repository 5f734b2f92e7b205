import { LEADERS } from './leader-named.js';
import type { Found } from './lexicon.js';
import type { Reading } from './reading.js';

/** What may stand between 一家 and its noun. */
const ADJECTIVES = /((科技型?|民营|国有|本地|当地|外资|中小|小微|大型|上市)的?|[^，的]{1,4}的){1,4}$/;

/** 五家企业两所学校一家医院: one of a list, not the one who asks. */
function listed(reading: Reading, hit: Found<string>): boolean {
  return reading.quantities.some(
    (q) =>
      q.unit === 'count' && /[家所]/.test(q.measure ?? '') && q.end < hit.start - 2 && !/^一/.test(q.text),
  );
}

/** 华侨大学泉州校区，科研处的，想做牵头单位: the institution that the message opens with, where somebody wants to lead. */
function institutionNamed(reading: Reading, hit: Found<string>, before: string, after: string): boolean {
  return (
    ['university', 'institute', 'hospital'].includes(hit.value) &&
    reading.segments[0]?.start === hit.start - before.length &&
    /^[\u4e00-\u9fff]{2,8}$/.test(before) &&
    !/[和与跟找拉带是有在想问请]/.test(before) &&
    /^(这边|那边|的|[^，]{0,4}校区|科研处|课题组|科技处){0,4}$/.test(after) &&
    /(想|要|打算|能不能|能否|可以|申请|来|做|当)[^，。]{0,6}(牵头|带头|领头)/.test(
      reading.text.slice(hit.end),
    )
  );
}

/** How strongly a word says what the asker's own unit is: 0 not at all, 5 outright. */
export function claim(reading: Reading, hit: Found<string>): number {
  const { text, language } = reading;
  const { cues } = language;
  if (LEADERS.has(hit)) return 4;
  const seg = reading.segments.find((s) => hit.start >= s.start && hit.end <= s.end);
  if (!seg) return 0;
  const sameLine = text.slice(seg.start, hit.start);
  // 同一套数：企业: what a colon opens stands for itself.
  const before = sameLine.slice(Math.max(sameLine.lastIndexOf(':'), sameLine.lastIndexOf('：')) + 1);
  const after = text.slice(hit.end, seg.end).replace(/^[(（][^)）]*([)）]|$)/, '');
  // 医院附属研究院, 子公司报的 where it was asked who applies
  if (/^(附属|下属|直属)/.test(after)) return 0;
  if (/[子分]$/.test(before) && reading.conversation.pending === 'lead.is_parent_company') return 0;
  // 实验室挂靠在高校名下: where a thing is kept.
  if (
    /(挂靠?|放|设|建|依托|落)(在|于|给|到)[^，]{0,6}$/.test(before) &&
    /^(的?名下|那边|那里|里|的|$)/.test(after)
  )
    return 0;
  // 三十个人, 那个人才: no 个人.
  if (
    /^个/.test(hit.word) &&
    (/[几\d一二两三四五六七八九十百多来那这哪每某]$/.test(before) || /^[才员]/.test(after))
  )
    return 0;
  // 另外加我们牵头的企业
  if (/(我们|我司|咱们?|本公司)牵头的(这家|那家)?$/.test(before)) return 5;
  // 5家企业, 两所高校: a count of partners.
  if (
    cues.countBefore.test(before) &&
    (!cues.oneBefore.test(before.replace(ADJECTIVES, '').slice(-3)) || listed(reading, hit))
  )
    return 0;

  // 企业六家（含我们牵头的）: the asker is one of those counted.
  if (cues.countedWithUs.test(after)) return 5;
  // 企业四家、大学三所: what is counted after its name is a partner too; 剩下一家是研究所 speaks of another.
  if (
    /^(大概|一共|总共|(其实|实际上?|应该)[是有]?|变成|那|这|至少|不少于|不足|不到|超过|最多|还是|也是|也就|[就只仅才]有?|:|：|,)*[\d一二两三四五六七八九十]+[家个所]/.test(
      after,
    )
  )
    return 0;
  // 企业六个高校一个医院没有: none of that kind.
  if (
    /^(都|也|还)?(没有|没|无|0)(?=$|[，,。；;、家个所])/.test(after) &&
    reading.quantities.some((q) => q.unit === 'count')
  )
    return 0;
  if (/(剩下|其余|另外|余下|还有|别的|其他)[^，]{0,5}$/.test(before)) return 0;
  // 又谈成了一家企业, 后来多了一家医院: one that joins.
  if (/(再|又|多|新增|谈成|引进|加入|签下)[^，是]{0,4}[一1][家个所][^，]{0,4}$/.test(before)) return 0;

  // 有2家是我们的子公司: of others.
  if (/是(我们|我司|咱们?|自己|我)(自己)?的[^，]{0,4}$/.test(before)) return 0;
  // 省级研究院有: a platform.
  if (/(国家|省|市|部)级$/.test(before)) return 0;
  if (/(不是|非|并非|不算|除了|没有|无)$/.test(before)) return 0;
  if (cues.partOf.test(after)) return 0;
  if (/^(的?(产品|客户|技术|标准|规模|文化|项目))/.test(after)) return 0;
  const self = language.self.some((w) => before.includes(w));
  const person = language.inPerson.some((w) => before.includes(w));
  const isA = cues.isA.test(before);
  // 高新是我们子公司的: what is ours is not us.
  const ours = /(是|为|算)(我们|我司|咱们?|自己|我)(自己)?的?[^，]{0,6}$/.test(before);
  const itself = person && cues.isSelf.test(before) && !ours;
  if (cues.partnerKind.test(before) && !itself && !/牵头/.test(after)) return 0;
  const leads =
    cues.leads.test(after.trimStart()) && !/^(和|与|跟)?[^，]{0,3}(作为|当|做)(成员|共建|参与)/.test(after);
  const partner =
    language.partner.some((w) => w.length > 1 && before.replaceAll('联合体', '').includes(w)) ||
    /(和(?!平|谐)|与|跟|找|带(?!动)|拉(?!链|丝|伸|杆)|加(?!工|固))[^，是]{0,20}$/.test(before);
  if (partner && !isA && !(person && /牵头/.test(after) && !/(联合|合作|和|与|跟)[^，]{0,8}$/.test(before)))
    return 0;
  if (cues.ofRules.test(after)) return 0;
  if (person && (isA || itself)) return 5;
  if (/(作为|由)$/.test(before)) return 5;
  // 以研究院名义牵头
  if (/(以|用)(我们|我们的)?$/.test(before) && /^(的)?(名义|身份)/.test(after)) return 5;
  // 新型研发机构，研究院性质: what it is like.
  if (/^(性质|属性|那样|类型的)/.test(after)) return 0.3;
  // 牵头的算企业
  if (/牵头(的|单位|方)?(那家|这家)?(就|还)?(是|算|为)(一家|家|个)?$/.test(before)) return 5;
  if (leads) return 4;
  if (person && before.length <= 14 && !/(有|没有|里|含)[^，]{0,4}$/.test(before)) return 3;
  if (self && isA) return 3;
  if (
    isA &&
    (reading.segments.indexOf(seg) === 0 || (reading.personal && /^(就|也|只)?(是|系|属于)/.test(before)))
  )
    return 2;
  if (cues.owned.test(after) && !/^有(什么|哪些|啥|没有|多少|几)/.test(after)) return 2;
  const placed = reading.places.some(
    (p) =>
      p.end === hit.start ||
      (p.start >= seg.start &&
        p.end <= hit.start &&
        /^(的|市|区|县|这边|那边)*(一家|某|家|个|一所|一个)?[^，\d]{0,6}$/.test(
          text.slice(p.end, hit.start),
        )),
  );
  // 青岛城阳独立注册的轨道交通装备企业，独立法人: the unit that a message opens with.
  const opens =
    after === '' &&
    reading.segments[0] === seg &&
    reading.segments.length > 2 &&
    reading.places.some((p) => p.start === seg.start && cues.placedUnit.test(text.slice(p.end, hit.start)));
  if (opens) return 1;
  // 他们公司是高新: of the unit that is asked for.
  if (/^(他们|她们|对方|客户|朋友)(的|家)?$/.test(before) && /^[^，]{0,2}(是|有|没|想|要)/.test(after))
    return 1;
  if (/^[^，]{0,4}某[^，。]{0,6}$/.test(before) && after === '') return 1;
  if (institutionNamed(reading, hit, before, after)) return 0.8;
  if (placed && !/^[^，]{0,2}\d+[家个所户]/.test(after)) return 1;
  // 青岛城阳独立注册的轨道交通装备企业
  if (after === '' && cues.seatedHere.test(before)) return 1;
  if (cues.kindAdjective.test(before)) {
    if (after === '') return before === '' ? 0.5 : 1;
    if (/^有(什么|哪些|啥|没有|多少|几)/.test(after)) return 0;
    if (before !== '' && !/[多少几\d]/.test(before) && after.startsWith('、')) return 1;
    return /^[^，]{0,3}(法人|三年|近三年|占比|强度|营收|收入|研发|主营|去年|高新|注册|平台|没|不|有|想|能|\d{4}年|\d\d年)/.test(
      after,
    )
      ? 1
      : 0;
  }
  return 0;
}
