/** Ids are gathered for so long: a crash in between sends a reply twice at worst, and loses none. */
const GATHER_MS = 3;

/** Does for many ids at once what would be a transaction for each. */
export class Gathered {
  #ids: string[] = [];
  #next: Promise<void> | null = null;

  constructor(private readonly flush: (ids: string[]) => Promise<void>) {}

  /** Resolves when it was done for this id. */
  add(id: string): Promise<void> {
    this.#ids.push(id);
    this.#next ??= new Promise((resolve, reject) => {
      setTimeout(() => {
        const ids = this.#ids;
        this.#ids = [];
        this.#next = null;
        this.flush(ids).then(resolve, reject);
      }, GATHER_MS);
    });
    return this.#next;
  }
}
