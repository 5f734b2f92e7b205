/** What is indexed: one record a clause (or a benchmark document). Fields are searched with their own weights. */
export interface IndexDoc {
  id: string;
  /** Main text. */
  text: string;
  /** Heading, title. */
  title: string;
  /** Text of the parent clause and headings above. */
  context?: string;
  /** Everyday phrasings that this record answers (from entries, facts and criteria). */
  asks?: string[];
  /** A group for filtering, e.g. the policy id. */
  group?: string;
}
export interface SearchHit {
  id: string;
  score: number;
}
export interface SearchOptions {
  k?: number;
  /** Only these groups. */
  groups?: readonly string[];
}
/** The retrieval port: embedded and PostgreSQL implementations answer the same. */
export interface Retriever {
  search(query: string, options?: SearchOptions): Promise<SearchHit[]> | SearchHit[];
}
