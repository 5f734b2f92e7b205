import type { Answer, AskOptions, AskRequest, Block, Citation } from '../../src/assistant/types.js';
import type { Desk, LiveVerdicts, PolicyView, Verdict, VerdictsRequest } from '../../src/channels/types.js';
import { InputError } from '../../src/errors.js';

export const citation: Citation = {
  policy: 'p1',
  docNumber: '某科规〔2026〕3号',
  clause: '三（一）',
  quote: '上年度主营业务收入2亿元以上',
};

/** An answer with these blocks; the rest is filled in. */
export function answerWith(blocks: Block[], more: Partial<Answer> = {}): Answer {
  return {
    id: 'a1',
    question: 'q',
    asOf: '2026-11-21',
    intent: 'threshold',
    mode: 'offline',
    answered: true,
    text: blocks.map((block) => ('text' in block ? block.text : '')).join('\n'),
    blocks,
    facts: {},
    verdicts: [],
    citations: [citation],
    next: null,
    suggestions: [],
    ...more,
  };
}

const policy: PolicyView = {
  id: 'p1',
  title: '某市管理办法',
  docNumber: '某科规〔2026〕3号',
  issuer: '某市科技局',
  city: 'somewhere',
  issued: '2026-01-02',
  effective: '2026-02-01',
  expires: null,
  status: 'in-force',
};

/** A desk that answers what the test says and remembers what it was asked. */
export class FakeDesk implements Desk {
  readonly asked: AskRequest[] = [];
  signals: (AbortSignal | undefined)[] = [];
  answer: (request: AskRequest) => Answer | Promise<Answer> = (request) =>
    answerWith([{ kind: 'lead', text: `答：${request.question}`, cites: [1] }], {
      question: request.question,
    });
  state = { ok: true, parts: { index: 'ok' } as Record<string, string> };
  listed: PolicyView[] = [
    policy,
    {
      ...policy,
      id: 'p2',
      title: '<草案> & 附件',
      docNumber: null,
      status: 'draft',
      issued: null,
      effective: null,
    },
  ];

  readonly assistant = {
    ask: async (request: AskRequest, options?: AskOptions): Promise<Answer> => {
      this.asked.push(request);
      this.signals.push(options?.signal);
      return this.answer(request);
    },
  };

  check(request: { id?: string; policy: string; subject: string; facts: unknown; asOf?: string }): Verdict {
    if (request.policy !== 'p1') throw new InputError(`没有文件 "${request.policy}"`, '其中之一：p1');
    return {
      ...(request.id === undefined ? {} : { id: request.id }),
      policy: 'p1',
      subject: 'lead',
      asOf: request.asOf ?? '2026-11-21',
      status: 'in-force',
      outcome: 'eligible',
      next: null,
      criteria: [],
      conflicts: [],
    };
  }

  async search(query: unknown, k: unknown = 10) {
    return { query: String(query), hits: [{ ...this.clause('p1', '三（一）'), score: Number(k) }] };
  }

  policies(): PolicyView[] {
    return this.listed;
  }

  clause(id: unknown, label: unknown) {
    if (id !== 'p1' || label !== '三（一）')
      throw new InputError(`没有条款 ${String(label)}`, '如：三（一）');
    return {
      policy: 'p1',
      docNumber: citation.docNumber,
      clause: '三（一）',
      path: ['三', '（一）'],
      text: citation.quote,
      score: 1,
      start: 0,
      end: 14,
    };
  }

  verdicts(request: VerdictsRequest): LiveVerdicts {
    const facts = { ...(request.text ? { 'lead.city': 'somewhere' } : {}), ...request.facts };
    return {
      asOf: request.asOf ?? '2026-11-21',
      subject: 'lead',
      facts,
      read: request.text ? { 'lead.city': 'somewhere' } : {},
      faults: [],
      verdicts: [this.check({ policy: 'p1', subject: 'lead', facts })],
    };
  }

  facts() {
    return [];
  }

  rules() {
    return [];
  }

  document(id: unknown) {
    const { path, text, start, end } = this.clause(id, '三（一）');
    return {
      policy,
      clauses: [
        {
          clause: '三（一）',
          kind: 'paragraph' as const,
          path,
          heading: null,
          text,
          start,
          end,
          endAll: end,
          parent: null,
        },
      ],
    };
  }

  async ready() {
    return this.state;
  }
}
