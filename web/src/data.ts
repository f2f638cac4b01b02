// The catalogue and the default plan, part of the first visit; notes and figures only when asked for.
import type { Catalogue, Defaults, Facts, Field, Notes } from './types.js';
import catalogueJson from './generated/catalogue.json';
import defaultsJson from './generated/default.json';

export const catalogue = catalogueJson as unknown as Catalogue;
export const defaults = defaultsJson as unknown as Defaults;

const byPath = new Map(catalogue.fields.map((field) => [field.path, field]));
const channelByName = new Map(catalogue.channelFields.map((field) => [field.path.slice('channel.'.length), field]));

/** The field of a path; `channels[1].precision` is that of every channel. */
function found(path: string): Field | undefined {
  const channel = /^channels\[\d+\]\.(.*)$/.exec(path);
  return channel ? channelByName.get(channel[1]!) : byPath.get(path);
}
/** Whether a path is a member of the scenario, or within it. */
export const isWithin = (path: string, member: string): boolean => path === member || path.startsWith(`${member}.`) || path.startsWith(`${member}[`);
export const isField = (path: string): boolean => found(path) !== undefined;
export function fieldAt(path: string): Field {
  const field = found(path);
  if (!field) throw new Error(`no field ${path}`);
  return field;
}

/** Key of a path in the notes. */
export const noteKey = (path: string) => path.replace(/^channels\[\d+\]\./, 'channel.');

export const loadNotes = async (): Promise<Notes> => (await import('./generated/notes.json')).default as unknown as Notes;
export const loadFacts = async (): Promise<Facts> => (await import('./generated/facts.json')).default as unknown as Facts;
