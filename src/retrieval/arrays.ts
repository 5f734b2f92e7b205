/** A Uint32Array that grows; `done` gives the part in use as an array of its own. */
export class GrowingU32 {
  #data = new Uint32Array(1024);
  length = 0;
  push(value: number): void {
    if (this.length === this.#data.length) {
      const next = new Uint32Array(this.#data.length * 2);
      next.set(this.#data);
      this.#data = next;
    }
    this.#data[this.length++] = value;
  }
  at(i: number): number {
    return this.#data[i]!;
  }
  done(): Uint32Array {
    return this.#data.slice(0, this.length);
  }
}

/**
 * Terms by number: a unit alone `(a, 0)` or two units in a row `(a, b)`. Open addressing over two typed arrays: a map of
 * strings takes ten times the memory and half of the build.
 */
export class TermTable {
  readonly first = new GrowingU32();
  readonly second = new GrowingU32();
  #slots: Uint32Array;
  #mask: number;

  constructor(capacity = 1 << 12) {
    let size = 1 << 12;
    while (size < capacity * 2) size *= 2;
    this.#slots = new Uint32Array(size);
    this.#mask = size - 1;
  }

  get size(): number {
    return this.first.length;
  }

  #slot(a: number, b: number): number {
    let h = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b)) >>> 0;
    h = (h ^ (h >>> 15)) & this.#mask;
    for (;;) {
      const term = this.#slots[h]!;
      if (term === 0 || (this.first.at(term - 1) === a && this.second.at(term - 1) === b)) return h;
      h = (h + 1) & this.#mask;
    }
  }

  /** The number of a term, -1 when it is not in the table. */
  get(a: number, b: number): number {
    return this.#slots[this.#slot(a, b)]! - 1;
  }

  add(a: number, b: number): number {
    const slot = this.#slot(a, b);
    const known = this.#slots[slot]!;
    if (known !== 0) return known - 1;
    this.first.push(a);
    this.second.push(b);
    this.#slots[slot] = this.first.length;
    if (this.first.length * 2 > this.#slots.length) this.#grow();
    return this.first.length - 1;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    this.#mask = this.#slots.length - 1;
    for (let i = 0; i < this.first.length; i++) {
      this.#slots[this.#slot(this.first.at(i), this.second.at(i))] = i + 1;
    }
  }
}
