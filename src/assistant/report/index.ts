import { InputError } from '../../errors.js';
import type { InterviewState } from '../../interview/index.js';
import type { Policy } from '../../knowledge/index.js';
import { writeDate } from '../../quantity/index.js';
import type { CriterionResult, Verdict } from '../../rules/index.js';
import { statusFirst } from '../compose/status.js';
import { Evidence } from '../evidence.js';
import { outcomesText, shortWords } from '../guided/outcome.js';
import { changeFor, mendBlocks, prepareBlocks } from '../guided/result.js';
import { listed, policyOf, type Room, shownValue, specOf } from '../guided/room.js';
import type { ReportFile } from '../guided/types.js';
import type { Block } from '../types.js';
import { type Cell, INK, LAYOUT, Page } from './page.js';

/** Widths of the criteria table's columns, as shares. */
const CRITERIA_SHARES = [23, 22, 22, 16, 9, 12];

/**
 * The result of an interview as a printable PDF: the documents with number and status, what was told, the verdict per city
 * with every criterion, what to do next, and every quote.
 * @param asOf YYYY-MM-DD
 * @throws InputError while no subject and policy are chosen
 */
export async function reportOf(
  room: Room,
  state: InterviewState,
  verdicts: readonly Verdict[],
  asOf: string,
): Promise<ReportFile> {
  if (state.subject === null || verdicts.length === 0)
    throw new InputError(room.texts.say('say.reportFirst'), room.texts.say('say.choosePolicies'));
  return new Report(room, state, verdicts, asOf).file();
}

class Report {
  readonly #evidence = new Evidence();
  readonly #page: Page;
  readonly #policies: Policy[];
  readonly #cities: string;
  readonly #subject: string;

  constructor(
    private readonly room: Room,
    private readonly state: InterviewState,
    private readonly verdicts: readonly Verdict[],
    private readonly asOf: string,
  ) {
    this.#policies = verdicts.map((v) => policyOf(room, v.policy));
    this.#cities = listed(
      room,
      this.#policies.map((p) => p.meta.cityName),
    );
    this.#subject = room.texts.say(`say.subjectShort.${state.subject}`);
    this.#page = new Page({
      title: this.#say('title'),
      author: this.#say('footer', { asOf }),
      date: new Date(`${asOf}T00:00:00+08:00`),
    });
  }

  #say(key: string, values: Record<string, string | number> = {}): string {
    return this.room.texts.say(`say.report.${key}`, values);
  }

  async file(): Promise<ReportFile> {
    const page = this.#page;
    page.title(this.#say('title'), this.#say('subtitle', { subject: this.#subject, cities: this.#cities }));
    page.text(this.#say('asOf', { asOf: writeDate(this.asOf) }), { color: INK.muted, after: 2 });
    this.#conclusions();
    this.#documents();
    this.#facts();
    for (const verdict of this.verdicts) this.#city(verdict);
    this.#quotes();
    const offices = listed(this.room, [...new Set(this.#policies.map((p) => p.meta.office))]);
    page.callout(this.#say('end', { offices }), INK.muted);
    const bytes = await page.end(this.#say('footer', { asOf: this.asOf }), (n, all) =>
      this.#say('page', { n, all }),
    );
    const filename = this.#say('filename', {
      subject: this.#subject,
      cities: this.#cities,
      asOf: this.asOf,
    }).replace(/[\\/:*?"<>|\s]+/g, '-');
    const summary = outcomesText(this.room, this.verdicts, 'say.resultSummary');
    return { filename: `${filename}.pdf`, mime: 'application/pdf', bytes, summary };
  }

  #conclusions(): void {
    this.#page.section(this.#say('verdicts'));
    for (const verdict of this.verdicts) {
      const { meta } = policyOf(this.room, verdict.policy);
      const values = {
        city: meta.cityName,
        subject: this.room.world.wording.say(`subject.${verdict.subject}`),
        office: meta.office,
      };
      const color = {
        eligible: INK.pass,
        discretionary: INK.unknown,
        undetermined: INK.unknown,
        ineligible: INK.fail,
      }[verdict.outcome];
      const none = verdict.criteria.every((c) => c.strength === 'judgement');
      const text = none
        ? this.room.texts.say('say.resultNone', values)
        : this.room.world.wording.say(`verdict.${verdict.outcome}`, values);
      const short = shortWords(this.room, verdict);
      const said = short === null ? text : `${text}${this.#say('short', { items: short })}`;
      this.#page.callout(said, none ? INK.muted : color);
    }
  }

  #documents(): void {
    this.#page.section(this.#say('documents'));
    this.#page.table(
      this.room.texts.list('say.report.documentHead'),
      this.#policies.map((p) => [
        { text: p.meta.cityName, weight: 'bold' },
        { text: p.meta.title },
        { text: p.meta.docNumber ?? this.#say('noNumber') },
        { text: this.room.world.wording.say(`status.${this.room.world.statusOf(p, this.asOf)}`) },
      ]),
      [10, 44, 24, 22],
    );
  }

  #facts(): void {
    this.#page.section(this.#say('facts'));
    const rows: Cell[][] = Object.entries(this.state.facts).map(([id, value]) => [
      { text: specOf(this.room, id).label },
      { text: shownValue(this.room, id, value), weight: 'bold' },
    ]);
    for (const id of this.state.unsure.filter((u) => !(u in this.state.facts)))
      rows.push([{ text: specOf(this.room, id).label }, { text: this.#say('unknown'), color: INK.unknown }]);
    if (rows.length === 0) this.#page.text(this.#say('noFacts'));
    else this.#page.table(this.room.texts.list('say.report.factHead'), rows, [52, 48]);
  }

  #city(verdict: Verdict): void {
    const page = this.#page;
    const policy = policyOf(this.room, verdict.policy);
    const { cityName: city, shortTitle } = policy.meta;
    page.section(this.room.texts.say('say.resultHead', { city, shortTitle }));
    const status = statusFirst(this.room.world, policy, this.asOf);
    if (status) page.callout(status, INK.unknown);
    for (const conflict of verdict.conflicts) page.callout(conflict, INK.fail);
    const checked = verdict.criteria.filter((c) => c.strength !== 'judgement');
    if (checked.length > 0) {
      page.heading(this.#say('criteria'));
      page.table(
        this.room.texts.list('say.report.criteriaHead'),
        checked.map((c) => this.#row(policy, c)),
        CRITERIA_SHARES,
      );
    }
    const judged = verdict.criteria.filter((c) => c.strength === 'judgement');
    if (judged.length > 0) {
      page.heading(this.#say('judgement'));
      page.list(
        judged.map((c) => `${c.title}${this.#mark(policy, c)}`),
        false,
      );
    }
    const notes = checked.filter((c) => c.note !== null);
    if (notes.length > 0) {
      page.heading(this.#say('notes'));
      page.list(
        notes.map((c) => this.#say('note', { title: c.title, note: c.note! })),
        false,
      );
    }
    const change = changeFor(this.room, verdict, this.state);
    const mend = mendBlocks(this.room, policy, change);
    if (mend.length > 0) {
      page.heading(this.#say('mend'));
      this.#blocks(mend);
    }
    if (change === null || change.fixed.length === 0)
      this.#blocks(prepareBlocks(this.room, this.#evidence, policy, verdict));
  }

  #mark(policy: Policy, c: CriterionResult): string {
    return `〔${this.#evidence.cite(policy, c.clause, c.quote)}〕`;
  }

  #row(policy: Policy, c: CriterionResult): Cell[] {
    const none = this.#say('none');
    const principle = c.strength === 'principle' ? this.#say('principle') : '';
    const color = { pass: INK.pass, fail: INK.fail, unknown: INK.unknown }[c.outcome];
    return [
      { text: `${c.title}${principle}` },
      { text: `${c.clause}${this.#mark(policy, c)}` },
      { text: c.required },
      { text: c.given ?? none },
      { text: this.#say(`result.${c.outcome}`), color, weight: 'bold' },
      { text: c.gap ?? none, ...(c.gap === null ? {} : { color: INK.fail }) },
    ];
  }

  #blocks(blocks: readonly Block[]): void {
    const marked = (text: string, cites: readonly number[]) =>
      `${text}${cites.map((n) => `〔${n}〕`).join('')}`;
    for (const block of blocks) {
      if (block.kind === 'heading') this.#page.heading(block.text);
      else if (block.kind === 'list')
        this.#page.list(
          block.items.map((i) => marked(i.text, i.cites)),
          block.ordered,
        );
      else if (block.kind !== 'table') this.#page.text(marked(block.text, block.cites));
    }
  }

  #quotes(): void {
    this.#page.section(this.#say('quotes'));
    this.#evidence.citations.forEach((c, i) => {
      const { title, docNumber } = policyOf(this.room, c.policy).meta;
      const doc = docNumber === null ? `《${title}》` : `《${title}》（${docNumber}）`;
      this.#page.room(44);
      this.#page.text(this.#say('quote', { n: i + 1, doc, clause: c.clause }), {
        size: LAYOUT.small,
        color: INK.muted,
        after: 0,
      });
      this.#page.text(`“${c.quote}”`, { indent: 14, after: 5 });
    });
  }
}
