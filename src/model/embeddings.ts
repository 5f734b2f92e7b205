import type OpenAI from 'openai';

/** Texts to vectors from an OpenAI-compatible endpoint, in the shape the search index takes. */
export interface EndpointEmbedder {
  id: string;
  dimension: number;
  embed(texts: string[]): Promise<Float32Array[]>;
}

export interface EmbeddingOptions {
  apiKey: string;
  /** Without a trailing slash; null is OpenAI's own. */
  baseUrl: string | null;
  model: string;
  /** Time a call may take, in milliseconds. */
  timeoutMs?: number;
}

/**
 * Connects an embedding model: its library is loaded and one text embedded to learn the dimension.
 * @throws the endpoint's error when it does not answer; search then goes on by words alone
 */
export async function connectEmbedder(options: EmbeddingOptions): Promise<EndpointEmbedder> {
  const { OpenAI: Client } = await import('openai');
  const client: OpenAI = new Client({
    apiKey: options.apiKey,
    ...(options.baseUrl ? { baseURL: options.baseUrl } : {}),
    timeout: options.timeoutMs ?? 15_000,
    maxRetries: 2,
  });
  const embed = async (input: string[]): Promise<Float32Array[]> => {
    const { data } = await client.embeddings.create({
      model: options.model,
      input,
      encoding_format: 'float',
    });
    return [...data].sort((a, b) => a.index - b.index).map((d) => Float32Array.from(d.embedding));
  };
  const [probe] = await embed(['probe']);
  return { id: options.model, dimension: probe?.length ?? 0, embed };
}
