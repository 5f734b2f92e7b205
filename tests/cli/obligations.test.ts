import { beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.js';
import type { Call } from '../../src/cli/io.js';
import { duties, materials } from '../../src/cli/obligations.js';
import { tempFolder } from '../support/folders.js';

let app: App;
beforeAll(async () => {
  app = await createApp({ dataDir: tempFolder('duties') });
});

function run(command: (app: App, call: Call) => void, options: Call['options']): string {
  let printed = '';
  const out = (text: string): void => {
    printed += text;
  };
  command(app, { positional: [], options: { 'as-of': '2026-11-21', ...options }, out, log: () => {} });
  return printed;
}
const listed = (command: typeof duties, policy?: string) =>
  JSON.parse(run(command, { json: true, ...(policy ? { policy } : {}) })) as Record<string, unknown>[];

describe('wence duties', () => {
  it('tells who, what, when and what follows, each with a clause that its words stand in', () => {
    expect(listed(duties, 'xiamen-2025')).toContainEqual(
      expect.objectContaining({
        policy: 'xiamen-2025',
        who: '经备案的市创新联合体',
        when: '每年3月31日前',
        consequence: null,
        clause: '第十四条',
      }),
    );
    for (const d of listed(duties)) {
      const policy = app.world.library.policy(d.policy as string)!;
      expect(policy.find(d.quote as string, d.clause as string), `${d.policy} ${d.id}`).not.toBeNull();
    }
  });

  it('names what ends a title, and says where a document does not say', () => {
    const text = run(duties, { policy: 'quanzhou-2026' });
    expect(text).toMatch(/后果：取消泉州市创新联合体称号，三年内/);
    expect(text).toContain('何时：文件没有写');
  });

  it('of a document that binds nobody lists nothing, and a draft is told to be one', () => {
    const draft = run(duties, { policy: 'wenzhou-draft' });
    expect(draft).toContain('征求意见稿，尚未施行');
    expect(draft).toContain('· 建立项目管理制度和运行机制（六（二））');
    expect(run(duties, { policy: 'quanzhou-reply-108' })).toContain('没有写备案以后的义务');
    expect(() => run(duties, { policy: 'nowhere' })).toThrow(/没有文件/);
  });
});

describe('wence materials', () => {
  it('lists forms and annexes item by item, with their limits', () => {
    const text = run(materials, { policy: 'quanzhou-2026' });
    expect(text).toContain('□ 泉州市创新联合体组建申请书（附件1）');
    expect(text).toContain('！每家成员简介字数：500字以内');
    expect(run(materials, { policy: 'wenzhou-draft' })).toContain('！技术创新目标字数：限500字');
  });
});
