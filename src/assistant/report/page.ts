import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const require = createRequire(import.meta.url);
const FONTS = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const;
type Weight = keyof typeof FONTS;

const loaded = new Map<Weight, Buffer>();
const font = (weight: Weight): Buffer => {
  const known = loaded.get(weight) ?? readFileSync(require.resolve(FONTS[weight]));
  loaded.set(weight, known);
  return known;
};

/** Sizes and distances in points (1/72 inch) on A4. */
export const LAYOUT = {
  margin: { top: 64, bottom: 68, left: 54, right: 54 },
  body: 10,
  small: 8.5,
  title: 20,
  section: 14,
  heading: 11.5,
  lineGap: 3,
  cell: { x: 5, y: 4 },
} as const;

export const INK = {
  text: '#1f2328',
  muted: '#57606a',
  rule: '#d0d7de',
  shade: '#f2f4f7',
  accent: '#1d4ed8',
  pass: '#1a7f37',
  fail: '#b42318',
  unknown: '#8a6100',
} as const;

export interface Style {
  size?: number;
  weight?: Weight;
  color?: string;
  indent?: number;
  /** Space after, in points. */
  after?: number;
}

/** A cell's text; `color` and `weight` for results. */
export interface Cell {
  text: string;
  color?: string;
  weight?: Weight;
}

/** Typesets one document from top to bottom: text, lists and tables, with page breaks where a reader would want them. */
export class Page {
  readonly #doc: PDFKit.PDFDocument;
  readonly #chunks: Buffer[] = [];
  readonly #done: Promise<void>;

  constructor(info: { title: string; author: string; date: Date }) {
    const { margin } = LAYOUT;
    this.#doc = new PDFDocument({
      size: 'A4',
      margins: { ...margin },
      bufferPages: true,
      lang: 'zh-CN',
      displayTitle: true,
      pdfVersion: '1.7',
      // None by default: pdfkit opens a default font of its own again at every change of font.
      font: '',
      info: { Title: info.title, Author: info.author, CreationDate: info.date, ModDate: info.date },
    });
    this.#doc.registerFont('regular', font('regular')).registerFont('bold', font('bold'));
    this.#done = new Promise((resolve, reject) => {
      this.#doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
      this.#doc.on('end', () => resolve());
      this.#doc.on('error', reject);
    });
  }

  get #width(): number {
    return this.#doc.page.width - LAYOUT.margin.left - LAYOUT.margin.right;
  }

  get #bottom(): number {
    return this.#doc.page.height - LAYOUT.margin.bottom;
  }

  /** Starts a new page unless this much height is left. */
  room(height: number): void {
    if (this.#doc.y + height > this.#bottom) this.#doc.addPage();
  }

  #set(style: Style): void {
    this.#doc
      .font(style.weight ?? 'regular')
      .fontSize(style.size ?? LAYOUT.body)
      .fillColor(style.color ?? INK.text);
  }

  #height(text: string, width: number, style: Style): number {
    this.#set(style);
    return this.#doc.heightOfString(text, { width, lineGap: LAYOUT.lineGap });
  }

  text(text: string, style: Style = {}): void {
    const indent = style.indent ?? 0;
    const width = this.#width - indent;
    const height = this.#height(text, width, style);
    // A short paragraph stays in one piece; a long one may run on.
    if (height < 120) this.room(height);
    this.#set(style);
    this.#doc.text(text, LAYOUT.margin.left + indent, this.#doc.y, { width, lineGap: LAYOUT.lineGap });
    this.#doc.y += style.after ?? 4;
  }

  title(text: string, subtitle: string): void {
    this.text(text, { size: LAYOUT.title, weight: 'bold', after: 2 });
    this.text(subtitle, { size: LAYOUT.heading, color: INK.muted, after: 8 });
    this.rule();
  }

  /** A heading, kept with what follows. */
  section(text: string): void {
    this.#doc.y += 10;
    this.room(90);
    this.text(text, { size: LAYOUT.section, weight: 'bold', color: INK.accent, after: 5 });
  }

  heading(text: string): void {
    this.#doc.y += 4;
    this.room(60);
    this.text(text, { size: LAYOUT.heading, weight: 'bold', after: 3 });
  }

  rule(): void {
    const { left } = LAYOUT.margin;
    const { y } = this.#doc;
    this.#doc
      .moveTo(left, y)
      .lineTo(left + this.#width, y)
      .lineWidth(0.7)
      .strokeColor(INK.rule)
      .stroke();
    this.#doc.y = y + 8;
  }

  /** Items with their marks hanging left of the text. */
  list(items: readonly string[], ordered: boolean): void {
    const hang = ordered ? 20 : 12;
    items.forEach((item, i) => {
      const height = this.#height(item, this.#width - hang, {});
      this.room(Math.min(height, 120));
      const { y } = this.#doc;
      this.#set({ color: INK.muted });
      this.#doc.text(ordered ? `${i + 1}.` : '·', LAYOUT.margin.left, y, { width: hang, lineBreak: false });
      this.#doc.y = y;
      this.text(item, { indent: hang, after: 2 });
    });
    this.#doc.y += 4;
  }

  /** A block set off by a bar at its left, for what must not be missed. */
  callout(text: string, color: string): void {
    const width = this.#width - 14;
    const height = this.#height(text, width, {});
    this.room(height + 8);
    const { y } = this.#doc;
    this.#doc.rect(LAYOUT.margin.left, y, 3, height + 4).fill(color);
    this.#doc.y = y + 2;
    this.text(text, { indent: 14, after: 8 });
  }

  /**
   * A table with a repeated head. A row is never broken over two pages while it fits on one.
   * @param shares of the width, per column
   */
  table(head: readonly string[], rows: readonly (readonly Cell[])[], shares: readonly number[]): void {
    const whole = shares.reduce((a, b) => a + b, 0);
    const widths = shares.map((s) => (s / whole) * this.#width);
    const top = head.map((text): Cell => ({ text, weight: 'bold', color: INK.muted }));
    const first = rows[0];
    this.room(this.#rowHeight(top, widths) + (first ? this.#rowHeight(first, widths) : 0));
    this.#row(top, widths, true);
    for (const row of rows) {
      const height = this.#rowHeight(row, widths);
      if (this.#doc.y + height > this.#bottom) {
        this.#doc.addPage();
        this.#row(top, widths, true);
      }
      this.#row(row, widths, false);
    }
    this.#doc.y += 8;
  }

  #cellStyle = (cell: Cell): Style => ({
    size: LAYOUT.small,
    weight: cell.weight ?? 'regular',
    color: cell.color ?? INK.text,
  });

  #rowHeight(cells: readonly Cell[], widths: readonly number[]): number {
    const heights = cells.map((c, i) =>
      this.#height(c.text, widths[i]! - 2 * LAYOUT.cell.x, this.#cellStyle(c)),
    );
    return Math.max(...heights) + 2 * LAYOUT.cell.y;
  }

  #row(cells: readonly Cell[], widths: readonly number[], head: boolean): void {
    const height = this.#rowHeight(cells, widths);
    const { y } = this.#doc;
    const { left } = LAYOUT.margin;
    if (head) this.#doc.rect(left, y, this.#width, height).fill(INK.shade);
    let x = left;
    cells.forEach((cell, i) => {
      this.#set(this.#cellStyle(cell));
      this.#doc.text(cell.text, x + LAYOUT.cell.x, y + LAYOUT.cell.y, {
        width: widths[i]! - 2 * LAYOUT.cell.x,
        lineGap: LAYOUT.lineGap,
      });
      x += widths[i]!;
    });
    this.#doc
      .moveTo(left, y + height)
      .lineTo(left + this.#width, y + height)
      .lineWidth(0.5)
      .strokeColor(INK.rule)
      .stroke();
    this.#doc.x = left;
    this.#doc.y = y + height;
  }

  /** Numbers the pages and ends the document. @param foot left of the number @param numbered text for page n of all */
  async end(foot: string, numbered: (n: number, all: number) => string): Promise<Uint8Array> {
    const { count } = this.#doc.bufferedPageRange();
    for (let i = 0; i < count; i++) {
      this.#doc.switchToPage(i);
      const y = this.#doc.page.height - LAYOUT.margin.bottom + 26;
      // The foot stands below the margin: without lifting it, text there would start a page of its own.
      this.#doc.page.margins.bottom = 0;
      this.#set({ size: LAYOUT.small, color: INK.muted });
      const { left } = LAYOUT.margin;
      this.#doc.text(foot, left, y, { width: this.#width / 2, lineBreak: false });
      this.#doc.text(numbered(i + 1, count), left + this.#width / 2, y, {
        width: this.#width / 2,
        align: 'right',
        lineBreak: false,
      });
    }
    this.#doc.end();
    await this.#done;
    return new Uint8Array(Buffer.concat(this.#chunks));
  }
}
