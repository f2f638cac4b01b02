// Pictures whose elements, months or bars, are read one by one: with the pointer, or with the arrow keys.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { signal, type Signal } from '@preact/signals-core';

export class Stops {
  /** The element that is pointed at. */
  readonly at: Signal<number | undefined> = signal(undefined);
  constructor(readonly name: string) {}

  private key(event: KeyboardEvent, length: number): void {
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -length, End: length }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    // From where the focus is: a pointer may rest elsewhere on the picture.
    const focused = Number((event.target as Element).getAttribute('data-stop')!.slice(this.name.length + 1));
    const next = Math.min(length - 1, Math.max(0, focused + by));
    this.at.value = next;
    queueMicrotask(() => document.querySelector<SVGElement>(`[data-stop="${this.name}-${next}"]`)?.focus());
  }

  /** The picture around `length` of them, in px. */
  frame(width: number, height: number, label: string, length: number, inside: unknown): TemplateResult {
    return html`<svg
      class="months"
      width=${width}
      height=${height}
      viewBox="0 0 ${width} ${height}"
      role="group"
      aria-label=${label}
      @pointerleave=${() => (this.at.value = undefined)}
      @keydown=${(event: KeyboardEvent) => this.key(event, length)}
    >
      ${inside}
    </svg>`;
  }

  /** A group that can be pointed at and read out. */
  stop(index: number, label: string, box: { x: number; y: number; width: number; height: number }, inside: unknown = nothing): TemplateResult {
    return svg`<g class="month ${this.at.value === index ? 'pointed' : ''}" data-stop="${this.name}-${index}" role="img"
      tabindex=${index === (this.at.value ?? 0) ? 0 : -1} aria-label=${label}
      @focus=${() => (this.at.value = index)} @pointerenter=${() => (this.at.value = index)} @click=${() => (this.at.value = index)}>
      <rect class="hit" x=${box.x} y=${box.y} width=${Math.max(0, box.width)} height=${Math.max(0, box.height)}></rect>${inside}</g>`;
  }
}
