/**
 * What a tester of acceptance would ask, and what a good model and a bad one would write of it. Written on 2026-11-21 from the five
 * documents and the format of held-d alone, by someone who had not read src/assistant/guard or prompts/guard.yaml before the first run.
 */
export interface Matter {
  id: string;
  question: string;
  policy: string;
  label: string;
  /** Words of the clause by which its evidence is found in what the product gave the model. */
  key: string;
  /** True sentences, freely paraphrased, scope and strength and figures kept. */
  honest: readonly string[];
  /** False sentences, or ones the document does not say, `kind: sentence`. */
  twisted: readonly string[];
}
