// What can be done with the plans. Each change of the list can be taken back.
import { computed, signal } from '@preact/signals-core';
import { take } from '../futures/state.js';
import { ct } from '../i18n/compare.js';
import { st } from '../i18n/share.js';
import { pick } from '../i18n/index.js';
import { preset } from '../state.js';
import { keep, plans, replace, undo } from '../share/desk.js';
import { stored } from '../share/keep.js';
import { duplicated, freeName, measuredBy, mostPlans, nameFrom, nameTaken, renamed, shifted, withPlan, without, type Plans } from '../share/plans.js';
import type { Case } from './cases.js';
import { changes } from './inputs.js';

/** The plan whose tools are open. */
export const selected = signal('now');
/** The plan that gets another name, as typed. */
export const renaming = signal<{ id: string; text: string } | undefined>(undefined);
/** The name for the present plan, as typed; nothing while it is suggested. */
export const typedName = signal<string | undefined>(undefined);
/** What was done last, and the plans before it. */
export const told = signal<{ text: () => string; before?: Plans } | undefined>(undefined);

const refuse = (text: () => string) => (told.value = { text });
const fullText = () => st('keep.full', { n: mostPlans });

function change(next: Plans | undefined, text: () => string, refusal: () => string = fullText): boolean {
  if (!next) {
    refuse(refusal);
    return false;
  }
  told.value = { text, before: plans.value };
  void keep(next);
  return true;
}

/** What tells the present plan from the base, as a name. */
export const suggestedName = computed(() => {
  const rows = changes.value.filter(({ long }) => !long);
  const first = rows[0];
  const name = first ? `${first.label} ${first.texts[1]}` : pick(preset.value.name);
  return freeName(plans.value, rows.length > 1 ? ct('name.several', { name, n: rows.length }) : name);
});
export const nameNow = (): string => nameFrom(typedName.value ?? suggestedName.value);

export function save(): void {
  const name = nameNow();
  if (name === '') return void refuse(() => ct('name.empty'));
  const known = nameTaken(plans.value, name);
  const done = change(withPlan(plans.value, name, stored(take())), () => st(known ? 'keep.replaced' : 'keep.saved', { name }));
  if (done) typedName.value = undefined;
}

export function overwrite({ name }: Case): void {
  change(withPlan(plans.value, name, stored(take())), () => st('keep.replaced', { name }));
}

export function duplicate({ id, name }: Case): void {
  const next = duplicated(plans.value, id);
  const copy = next?.list.find((one) => !plans.value.list.includes(one));
  if (change(next, () => ct('done.duplicated', { name, copy: copy!.name }))) selected.value = copy!.id;
}

/** Says whether the name was taken over. */
export function rename(): boolean {
  const { id, text } = renaming.value!;
  const before = plans.value.list.find((one) => one.id === id);
  const name = nameFrom(text);
  if (!before || name === before.name) {
    renaming.value = undefined;
    return true;
  }
  const done = change(renamed(plans.value, id, text), () => ct('done.renamed', { name: before.name, to: name }), () => ct(name === '' ? 'name.empty' : 'name.taken', { name }));
  if (done) renaming.value = undefined;
  return done;
}

export function shift({ id, name }: Case, by: -1 | 1): void {
  const next = shifted(plans.value, id, by);
  if (next) change(next, () => ct(by < 0 ? 'done.left' : 'done.right', { name }));
}

export function remove({ id, name }: Case): void {
  change(without(plans.value, id), () => st('keep.deleted', { name }));
  selected.value = 'now';
}

export function measureBy({ id, name }: Case): void {
  change(measuredBy(plans.value, id), () => (id === 'preset' ? ct('done.base.preset') : ct('done.base', { name })));
}

export function takeBack(): void {
  const before = told.value?.before;
  if (!before) return;
  void keep(before);
  told.value = { text: () => ct('done.back') };
}

/** Puts a plan in place of the present inputs, which are a step back. */
export function openPlan({ id, name: opened, snapshot }: Case): void {
  if (!snapshot) return;
  const name = id === 'preset' ? pick(preset.value.name) : opened;
  replace(snapshot, { text: () => st('named.applied', { name }), action: { label: () => st('link.back'), run: undo } });
  told.value = undefined;
  selected.value = 'now';
}
