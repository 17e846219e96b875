import { newestOnly } from '#common/base/newestOnly';
import { toWireError } from '#common/base/pikaError';
import type { PlotHeader } from '#common/plot/plotData';
import { shallowRef, watch, type ShallowRef } from 'vue';
import type { ReadDetail } from '../plotDataSource.ts';
import type { PlotFrame } from '../plotFrame.ts';
import type { PlotWindow } from '../view/plotWindow.ts';
import type { PlotDetail } from './plotDetail.ts';
import { readDetail } from './readDetail.ts';
import { isEnough, wantedDetail, type WantedDetail } from './wantedDetail.ts';

/** What is on the screen of a plot. */
export interface DetailView {
  readonly header: PlotHeader | null;
  readonly frame: PlotFrame | null;
  readonly window: PlotWindow;
  /** The picture of the whole plot; null while there is none. */
  readonly picture: object | null;
  /** What came in more detail so far. */
  readonly detail: PlotDetail | null;
  readonly readDetail: ReadDetail | null;
}

interface Question {
  readonly picture: object;
  readonly header: PlotHeader;
  readonly wanted: WantedDetail;
  readonly read: ReadDetail;
}

/**
 * Asks for more detail of an aggregated plot whenever a window shows less of it than the pixels can tell, one question at a time.
 * What is there stays when that fails, and the next window asks again.
 *
 * @returns Why the last question has no answer; null where it has one, or is still asked.
 */
export function useDetail(
  view: () => DetailView,
  refine: (detail: PlotDetail) => void,
): Readonly<ShallowRef<string | null>> {
  const failure = shallowRef<string | null>(null);
  const ask = newestOnly(async ({ picture, header, wanted, read }: Question) => {
    failure.value = null;
    if (isEnough(view().detail, wanted)) return;
    try {
      const detail = await readDetail(header, wanted, read);
      if (detail && view().picture === picture) refine(detail);
    } catch (error) {
      if (view().picture === picture) failure.value = toWireError(error).message;
    }
  });

  watch(
    () => questionIn(view()),
    (question) => {
      if (question) ask(question);
      else failure.value = null;
    },
  );
  return failure;
}

function questionIn({ header, frame, window, picture, readDetail: read }: DetailView): Question | null {
  if (!header || !frame || !picture || !read) return null;
  const wanted = wantedDetail(header, frame, window);
  return wanted && { picture, header, wanted, read };
}
