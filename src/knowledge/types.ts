/** The shapes of a policy pack. Everything a pack says is data; nothing here names a city or a document. */

export type ClauseKind =
  | 'front' // what stands before the document's own text: title, number, letter of issue
  | 'chapter'
  | 'article'
  | 'section' // 一、二、
  | 'paragraph' // （一）
  | 'item' // 1.
  | 'annex'
  | 'row' // of a table
  | 'text'; // unnumbered text that an official would cite by where it stands

/** One node of the clause tree. Offsets are UTF-16 into the source as stored. */
export interface Clause {
  policy: string;
  /** As officials cite it, unique in its document: 三（一）, 第六条（二）1, 附件3 责任体系. */
  label: string;
  kind: ClauseKind;
  /** Labels with headings from the root down: ["第二章 组建", "第六条", "（二）", "1"]. */
  path: string[];
  /** The heading that stands with the number, without it: 申报条件. */
  heading: string | null;
  /** What a reader sees of this clause alone (number and heading included, children not), residue removed, wrapped lines joined, paragraphs separated by \n. */
  text: string;
  start: number;
  /** End of the clause's own text; `endAll` is the end including its children. */
  end: number;
  endAll: number;
  parent: Clause | null;
  children: Clause[];
  /** Position in document order. */
  order: number;
}

export type PolicyStatus = 'in-force' | 'not-yet' | 'expired' | 'draft' | 'undated' | 'informational';

/** policy.yaml as loaded. Dates are YYYY-MM-DD or null where the document states none. */
export interface PolicyMeta {
  id: string;
  title: string;
  /** Short name for speech: 泉州管理办法. */
  shortTitle: string;
  docNumber: string | null;
  issuer: string;
  /** Office that can decide open readings. */
  office: string;
  /** id of the city in facts.yaml, and the words that name it (districts included). */
  city: string;
  cityName: string;
  /** Names, districts, abbreviations and foreign names by which people mean this city. */
  cityWords: string[];
  /** What people call the document, beside its title and number (回函, 给代表的回信). */
  alsoCalled: string[];
  kind: 'rules' | 'draft' | 'informational';
  issued: string | null;
  effective: string | null;
  expires: string | null;
  /** Set where `expires` is not printed in the document but computed from a term (Civil Code, Articles 201 and 202); holds the words of the term. */
  expiresComputedFrom: string | null;
  repeals: { title: string; docNumber: string | null }[];
}

/** Where something stands: a clause and words of it, verbatim (white space aside). */
export interface Anchor {
  clause: string;
  quote: string;
}

/** The kinds of thing that a document can be asked about besides its conditions. */
export type TopicKind =
  | 'definition'
  | 'scope'
  | 'threshold'
  | 'procedure'
  | 'material'
  | 'duty'
  | 'deadline'
  | 'support'
  | 'reward'
  | 'evaluation'
  | 'sanction'
  | 'status'
  | 'contact'
  | 'role'
  | 'target'
  | 'statistic'
  | 'background';

/** knowledge/topics.yaml: one thing that can be asked of any city. */
export interface Topic {
  id: string;
  kind: TopicKind;
  title: string;
  /** Everyday phrasings, whatever the city. */
  asks: string[];
  /** What is said of a document that has no entry on it: 没有规定…. */
  silent: string;
}

/** knowledge/<policy>/entries.yaml: what this document says on a topic, anchored. */
export interface Entry {
  id: string;
  topic: string;
  title: string;
  /** One sentence (or a few) to read aloud; every quantity in it stands in the quotes (checked at load). */
  say: string;
  /** Everyday phrasings that this entry answers. */
  asks: string[];
  /** Verbatim anchors, the first is the principal one. Empty only where `silent`. */
  at: Anchor[];
  /** Figures that can be asked for; `text`, and the `condition` it holds under (null for none), stand verbatim in a quote. */
  figures: { name: string; text: string; condition: string | null }[];
  /** Set where the document is silent and that is what there is to say (no effective date is stated). */
  silent: boolean;
  /** Duties: who, when, and what follows from neglect; procedures and materials: the ordered steps or items. */
  who: string | null;
  when: string | null;
  consequence: string | null;
  steps: { title: string; clause: string; quote: string }[];
  /** An interpretation or caveat that the user also sees. */
  note: string | null;
}
