import { isDeepStrictEqual } from 'node:util';
import type { PlotNode } from '#common/document/pikaDocument';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { DataRun } from './dataRun.ts';

interface Choice {
  readonly spec: PlotSpec;
  /** The run whose columns it was chosen for, or found to fit. */
  readonly data: DataRun;
  /** What was chosen before, which the document still holds until it is told, and again once that is undone. */
  readonly past: readonly PlotSpec[];
}

/** The plots that Pika chose where nobody else did. */
export class ChosenPlots {
  readonly #choices = new Map<string, Choice>();

  /** What a plot shows: the choice of its document, or Pika's; null while there is neither. */
  specOf(node: PlotNode): PlotSpec | null {
    return this.isOwn(node) ? (this.#choices.get(node.id)?.spec ?? node.spec) : node.spec;
  }

  /** Whether Pika may choose what a plot shows: nobody else has. */
  isOwn({ id, spec }: PlotNode): boolean {
    const { spec: chosen, past = [] } = this.#choices.get(id) ?? {};
    return spec === null || [chosen, ...past].some((own) => own !== undefined && isDeepStrictEqual(own, spec));
  }

  /** Whether Pika's choice was made for a run, or found to fit it. */
  isFor(id: string, data: DataRun): boolean {
    return this.#choices.get(id)?.data === data;
  }

  /** Takes note of a choice for a run, the same one or another. */
  keep(id: string, spec: PlotSpec, data: DataRun): void {
    const before = this.#choices.get(id);
    const past = !before || before.spec === spec ? (before?.past ?? []) : [...before.past, before.spec];
    this.#choices.set(id, { spec, data, past });
  }
}
