import type { PikaNode } from '#common/document/pikaDocument';
import type { NodeStatus } from '#common/protocol/webviewContract';
import { shortCount } from '../ui/format.ts';
import { hasState, stateWord } from './nodeText.ts';

/** Below this zoom the texts of cards cannot be read: nodes are drawn as boxes with names of a readable size. */
export const FAR_ZOOM = 0.4;

/** What a node says where only a word or two can be read: its rows, or how it is doing. */
export function farText(node: PikaNode, status: NodeStatus | undefined): string {
  if (!hasState(node)) return '';
  const rows = status?.rowCount;
  const isKnown = status?.state === 'done' && rows !== null && rows !== undefined;
  return isKnown ? `${shortCount(rows)} ${rows === 1 ? 'row' : 'rows'}` : stateWord(status);
}
