import { inject, type InjectionKey, type ShallowRef } from 'vue';
import type { Pictures } from './pictures.ts';
import type { Session } from './session.ts';
import type { ViewStateStore } from './viewState.ts';

/** What every component of the page may reach: its document and what it remembers. */
export interface Page {
  readonly session: Session;
  readonly pictures: Pictures;
  readonly viewState: ViewStateStore;
  /** Whether the renderer of plots is chosen; none can be mounted before. */
  readonly canPlot: Readonly<ShallowRef<boolean>>;
}

export const PAGE: InjectionKey<Page> = Symbol('page');

/** The page this component is part of. */
export function usePage(): Page {
  const page = inject(PAGE);
  if (!page) throw new Error('usePage() needs an app that provides PAGE');
  return page;
}
