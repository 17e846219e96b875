import { MOVE_MS } from './flow.ts';

/** How long the view takes to move to where a button sends it: no time for those who want no motion. */
export function moveMs(): number {
  const isReduced =
    document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches;
  return isReduced ? 0 : MOVE_MS;
}
