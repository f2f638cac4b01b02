export function mulberry32(seed: number): () => number;
export function uniforms(seed: number): () => number;
