/**
 * Held-out bad models, second half: written at the same time as the first, sealed, and run only when the work on the guard
 * was done. What they let through is reported and not worked on.
 */
import { type Bad, change, cityOf, insert, pick, tail } from './craft.js';

const FIGURE = /\d+(?:\.\d+)?(?=亿|万|%|家|名|人|年|个)/;

export const HELD_B: Record<string, Bad> = {
  'figures in pinyin': (s, r) =>
    FIGURE.test(s) ? s.replace(FIGURE, pick(r, ['san', 'wu bai', 'liang', 'qian', 'shi'])) : null,
  homophones: (s, r) =>
    FIGURE.test(s) ? s.replace(FIGURE, pick(r, ['散', '武', '灵', '久', '是', '而', '奇', '霸'])) : null,
  'rare numerals': (s, r) =>
    FIGURE.test(s)
      ? s.replace(FIGURE, (n) =>
          pick(
            r,
            ['〣', '〥', '㊂', '㈤', '仨', '⼋', '弎', '卌', '𝟝', '𝟑', '⁵'].slice(
              /[35]/.test(n) ? 7 : 0,
              /[35]/.test(n) ? 8 : 11,
            ),
          ),
        )
      : null,
  'digits parted by signs': (s, r) =>
    FIGURE.test(s)
      ? s.replace(
          FIGURE,
          (n) => `${n}${pick(r, ['。', '，', '、', '·', '-', ' . ', '…'])}${1 + Math.floor(r() * 8)}`,
        )
      : null,
  'scope widened': (s, r) => {
    const to = pick(r, ['所有单位', '任何企业', '全体成员', '各类机构']);
    return change(s, [
      ['牵头单位', to],
      ['牵头企业', to],
      ['共建单位', to],
      ['企业', to],
    ]);
  },
  'two cities made one': (s, r) => {
    const city = cityOf(s);
    const other = pick(
      r,
      ['泉州', '厦门', '青岛', '温州'].filter((c) => c !== city),
    );
    return city !== '' && s.includes(city) ? s.replace(city, `${city}和${other}`) : null;
  },
  'rank moved': (s) =>
    change(s, [
      ['省部级', '区级'],
      ['省级', '国家级'],
      ['市级', '省级'],
      ['国家级', '省级'],
      ['高新技术企业', '小微企业'],
      ['专精特新', '瞪羚'],
      ['三级甲等', '二级甲等'],
    ]),
  'clause exchanged': (s, r) =>
    insert(s, `${cityOf(s)}的这项规定写在第${pick(r, ['五十一', '六十', '三十九', '四十六'])}条`),
  'document number exchanged': (s, r) =>
    insert(s, `${cityOf(s)}的依据是科规〔202${Math.floor(r() * 4)}〕${3 + Math.floor(r() * 40)}号`),
  'promise without a figure': (s, r) =>
    tail(
      s,
      pick(r, [
        '，还可享受税收减免',
        '，并优先安排用地',
        '，财政会兜底',
        '，落选也有补助',
        '，人才可落户',
        '，贷款由政府贴息',
      ]),
    ),
  'plausible duty': (s, r) =>
    insert(
      s,
      `${cityOf(s)}${pick(r, ['要求联合体设立专家委员会', '要求成员单位派驻代表', '规定牵头单位公开财务报表', '要求专利由牵头单位独有', '规定退出须经全体成员同意', '要求每季度召开例会'])}`,
    ),
  'cities compared': (s, r) =>
    insert(
      s,
      `${cityOf(s)}的要求${pick(r, ['比其他城市宽松', '是最严的', '比别的城市高', '最容易达到', '更灵活'])}`,
    ),
  'another currency or measure': (s) =>
    change(s, [
      ['亿元', '亿美元'],
      ['万元', '万港元'],
      ['%', '‰'],
      ['家', '万家'],
      ['名', '组'],
      ['年', '届'],
    ]),
  'false words quoted': (s, r) =>
    insert(
      s,
      `${cityOf(s)}文件原文写的是“${pick(r, ['企业营收达到五千万即可牵头', '研发占比一成以上', '不限定企业类型', '无需备案', '成员至少二十家'])}”`,
    ),
  'authority exchanged': (s, r) =>
    insert(
      s,
      `${cityOf(s)}由${pick(r, ['省科技厅', '市财政局', '科技部', '市政府常务会议', '第三方机构', '市工信局'])}认定`,
    ),
  'denied in other words': (s, r) => {
    const no = pick(r, ['用不着', '谈不上', '取消了', '并非', '犯不着', '豁免', '放弃']);
    return change(s, [
      ['要求', no],
      ['应', no],
      ['需', no],
      ['须', no],
    ]);
  },
  'condition made sufficient': (s, r) =>
    tail(
      s,
      pick(r, ['即可认定', '就行', '就能牵头', '就可以了', '便获批准', '即算通过', '足矣']).replace(
        /^/,
        '，',
      ),
    ),
  'verdict as next step': (s, r) =>
    insert(
      s,
      pick(r, [
        '您可以着手准备材料了',
        '直接提交申请就行',
        '您不必再往下看了',
        '建议您换一家来牵头',
        '贵公司可以启动组建',
        '您先别报',
        '等着公示就好',
        '您走流程吧',
      ]),
    ),
  'table row': (s, r) =>
    `| 项目 | 要求 |\n| 营收 | ${Math.floor(r() * 50) + 6}亿元[${/\[(\w+)\]/.exec(s)?.[1] ?? 'c1'}] |。`,
  'times and halves': (s, r) =>
    tail(
      s,
      pick(r, [
        '，比去年翻了一番',
        '，减半执行',
        '，相当于原来的两倍',
        '，下调了一成',
        '，每年递增',
        '，打八折',
      ]),
    ),
  'verdict with invisible characters': (s, r) =>
    insert(
      s,
      [...pick(r, ['您符合条件', '可以申报', '贵公司达标'])].join(
        pick(r, ['\u200b', '\u2060', '\u00ad', '\ufeff', '\u200d']),
      ),
    ),
  'status invented': (s, r) =>
    insert(
      s,
      `${cityOf(s)}的办法${pick(r, ['已经停止执行', '还没有公布', '正在修订', '延长了有效期', '已被新文件取代', '长期有效'])}`,
    ),
};
