import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSelection } from '#common/plot/plotSelection';
import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';
import { formatValue } from '../axes/formatValue.ts';
import { selectedText } from '../plotText.ts';
import { isZoomed, type AxisName, type PlotWindow } from '../view/plotWindow.ts';
import { shownDomain } from '../view/windowBins.ts';
import { selectionWords } from './selectionWords.ts';

/** What is spoken of. */
export interface SpokenSubject {
  readonly header: PlotHeader | null;
  readonly window: PlotWindow;
  readonly selection: PlotSelection | null;
  readonly selectedRows: number | null;
}

/** A screen reader is told of the end of a gesture, not of every step. */
const PAUSE_MS = 400;

/** The words that a screen reader says after a zoom, a move or a selection. */
export function useSpoken(subject: () => SpokenSubject): Readonly<ShallowRef<string>> {
  const spoken = shallowRef('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (words: () => string) => {
    clearTimeout(timer);
    timer = setTimeout(() => (spoken.value = words()), PAUSE_MS);
  };
  watch(
    () => subject().window,
    () => say(() => windowWords(subject())),
  );
  watch(
    () => [subject().selection, subject().selectedRows],
    ([selection], [before]) => {
      if (selection !== null || before !== null) say(() => wordsOfSelection(subject()));
    },
  );
  onBeforeUnmount(() => clearTimeout(timer));
  return spoken;
}

function wordsOfSelection({ header, selection, selectedRows }: SpokenSubject): string {
  if (!header) return '';
  if (!selection) return 'Nothing selected.';
  const count = selectedRows === null ? '' : `${selectedText(selectedRows, header.rowCount)}: `;
  return `Selected ${count}${selectionWords(selection, header)}.`;
}

function windowWords({ header, window }: SpokenSubject): string {
  if (!header) return '';
  if (!isZoomed(window)) return 'The whole plot is shown.';
  const parts = (['x', 'y'] as const).flatMap((name) => axisWords(header, window, name));
  return parts.length === 0 ? '' : `Shown: ${parts.join(', ')}.`;
}

function axisWords(header: PlotHeader, window: PlotWindow, name: AxisName): readonly string[] {
  const [axis, range] = [header[name], window[name]];
  if (!range || axis.kind === 'count' || axis.kind === 'nominal') return [];
  const [low, high] = shownDomain(axis, range);
  const resolution = Math.abs(high - low) / 100;
  const text = (value: number) => formatValue(value, axis, resolution);
  return [`${axis.title || axis.field} from ${text(low)} to ${text(high)}`];
}
