export const engineFolder: string;
export function generate(): Promise<void>;
