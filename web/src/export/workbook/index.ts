// The Excel workbook of a scenario: every month recomputed by formulas from the inputs beside it.
import type { Failure, Formulas, Plan, Scenario } from '@engine/growth.js';
import { loadFacts, loadNotes } from '../../data.js';
import { asking } from '../../futures/state.js';
import { stopped } from '../../futures/workshop.js';
import { pick } from '../../i18n/index.js';
import { engine, preset } from '../../state.js';
import { originText, provenance } from '../../views/field.js';

/** Rejects where the scenario cannot be planned or what makes the workbook could not be fetched. */
export async function workbook(scenario: Scenario): Promise<Blob> {
  const plan = engine.value!.run('plan', scenario) as Plan | Failure;
  if ('errors' in plan) throw new Error(pick(plan.errors[0]!.message));
  const [formulas, notes, facts, { build }, { write }] = await Promise.all([
    asking.run<Formulas>('formulas', scenario).answer,
    loadNotes(),
    loadFacts(),
    import('./build.js'),
    import('./xlsx.js'),
  ]);
  if (formulas === stopped) throw new Error('stopped');
  if ('errors' in formulas) throw new Error(pick(formulas.errors[0]!.message));
  const pack = plan.scenario.incentives?.pack ?? 'none';
  const policy = pack === 'none' ? undefined : engine.value!.run('policies', { id: pack });
  const bytes = write(build({
    scenario: plan.scenario,
    formulas,
    notes,
    facts,
    origin: (path, field) => {
      const source = provenance(path, field);
      return { chip: originText(source), facts: source.facts, ...(source.note ? { note: source.note } : {}) };
    },
    name: plan.scenario.name ?? pick(preset.value.name),
    ...(policy && !('errors' in policy) ? { policy: { name: pick(policy.name), facts: policy.sources } } : {}),
    // Of the place, which east of Greenwich may be a day ahead.
    date: new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10),
  }));
  return new Blob([bytes as BlobPart], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
}
