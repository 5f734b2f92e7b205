/** Knowledge: policy packs, their clause trees, life cycles and entries. The ground floor above quantities. */
export { insteadOf, loadEntries, loadTopics, noClause } from './entries.js';
export { gravest, issueText } from './issue.js';
export { type Library, loadLibrary, type RepealedDocument, repealedDocuments, statusOn } from './library.js';
export { DETAILS, type Detail, loadAsks, loadMentions, type Mention } from './mentions.js';
export { loadPolicy, type Place, Policy } from './policy.js';
export { cleanText } from './text.js';
export type * from './types.js';
export { readUtf8, readYaml, type YamlFile } from './yaml.js';
