// HTML written as text. What is put into a template is escaped unless it is HTML itself.
export class Html {
  constructor(readonly text: string) {}
}

export type Part = Html | string | number | false | undefined | readonly Part[];

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function text(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return (part as readonly Part[]).map(text).join('');
  return part === false || part === undefined ? '' : String(part as string | number).replace(/[&<>"]/g, (sign) => signs[sign]!);
}

export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.reduce((before, string, i) => before + text(parts[i - 1]) + string));

/** Several with something between them. */
export const joined = (parts: readonly Part[], between: Part): Part[] => parts.flatMap((part, i) => (i > 0 ? [between, part] : [part]));
