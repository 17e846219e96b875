import type { NodeLayout, PikaDocument } from '#common/document/pikaDocument';
import { boundsOf, isInside } from './selectionPlaces.ts';

const PADDING_PX = 24;
const TITLE_PX = 32;

/** Ids of what lies wholly inside a frame, smaller frames too. */
export function membersOf(document: PikaDocument, layout: ReadonlyMap<string, NodeLayout>, frameId: string): string[] {
  const area = layout.get(frameId);
  if (!area) return [];
  return document.nodes
    .map(({ id }) => id)
    .filter((id) => id !== frameId)
    .filter((id) => {
      const place = layout.get(id);
      return place !== undefined && isInside(place, area);
    });
}

/** The given ids, and what lies in the frames among them: what moves when they are moved. */
export function withMembers(
  document: PikaDocument,
  layout: ReadonlyMap<string, NodeLayout>,
  ids: readonly string[],
): readonly string[] {
  const frames = document.nodes.filter(({ id, kind }) => kind === 'frame' && ids.includes(id));
  return [...new Set([...ids, ...frames.flatMap(({ id }) => membersOf(document, layout, id))])];
}

/** The place of a frame around other places, with room for its title. */
export function frameAround(places: readonly NodeLayout[]): NodeLayout {
  const { x, y, width, height } = boundsOf(places);
  return {
    x: x - PADDING_PX,
    y: y - PADDING_PX - TITLE_PX,
    width: width + 2 * PADDING_PX,
    height: height + 2 * PADDING_PX + TITLE_PX,
  };
}

/** Ids of what collapsed frames hide. */
export function hiddenIds(document: PikaDocument, layout: ReadonlyMap<string, NodeLayout>): ReadonlySet<string> {
  const collapsed = document.nodes.filter(({ id, kind }) => kind === 'frame' && layout.get(id)?.collapsed === true);
  return new Set(collapsed.flatMap(({ id }) => membersOf(document, layout, id)));
}
