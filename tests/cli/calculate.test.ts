import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.js';
import { calculate } from '../../src/cli/calculate.js';
import { tempFolder } from '../support/folders.js';

let app: App;
beforeAll(async () => {
  app = await createApp({ dataDir: tempFolder('calc') });
});

/** What the command prints. */
function run(positional: string[], options: Record<string, string | boolean>, inputs?: unknown): string {
  let printed = '';
  const file = join(tempFolder('calc'), 'inputs.json');
  if (inputs !== undefined) writeFileSync(file, JSON.stringify(inputs));
  calculate(app, {
    positional,
    options: { ...options, ...(inputs === undefined ? {} : { inputs: file }) },
    out: (text) => {
      printed += text;
    },
    log: () => {},
  });
  return printed;
}

describe('wence calculate', () => {
  it('without a name tells what can be calculated and from what', () => {
    const text = run([], { policy: 'quanzhou-2026' });
    expect(text).toContain('评价指标体系得分（附件3）');
    expect(text).toMatch(/patents.*1项/s);
  });

  it('without a document tells it of each, and of one without any that there is none', () => {
    const text = run([], {});
    expect(text).toContain('xiamen-2025　《厦门市创新联合体管理办法》');
    expect(text).toMatch(/quanzhou-reply-108　.*\n这份文件没有可以算的内容。/);
    const held = JSON.parse(run([], { json: true })) as { policy: string; id: string }[];
    expect(held).toContainEqual(expect.objectContaining({ policy: 'qingdao-2025', id: 'validity' }));
  });

  it('says first that the document is not in force on the day, and cites its number', () => {
    const early = run(['annual-report'], { policy: 'quanzhou-2026', 'as-of': '2026-04-30' });
    expect(early).toMatch(/^注意：《泉州市创新联合体管理办法》2026-04-30：尚未施行/);
    const now = run(['annual-report'], { policy: 'quanzhou-2026', 'as-of': '2026-11-21' });
    expect(now).not.toContain('注意');
    expect(now).toContain('依据：泉科规〔2026〕3号 七（二）');
  });

  it('scores partial evidence, says what is missing, and draws no grade', () => {
    const text = run(['evaluation-score'], { policy: 'quanzhou-2026' }, { patents: '2项', events: '1场次' });
    expect(text).toContain('6分');
    expect(text).toContain('附件3');
    expect(text).toMatch(/没有.*(分数线|等级)|等级.*没有/s);
  });

  it('caps what the document caps, with its clause', () => {
    const text = run(['project-matching'], { policy: 'xiamen-2025', json: true }, { national: '3000万' });
    expect(JSON.parse(text)).toMatchObject({ value: '10000000', policy: 'xiamen-2025' });
  });

  it.each([
    [['name'], {}, /--policy/],
    [['nothing'], { policy: 'quanzhou-2026' }, /没有计算 nothing/],
    [['evaluation-score'], { policy: 'nowhere-2020' }, /nowhere-2020/],
  ] as [string[], Record<string, string>, RegExp][])(
    '%s %s is refused with what would be accepted',
    (positional, options, words) => {
      expect(() => run(positional, options)).toThrow(words);
    },
  );
});
