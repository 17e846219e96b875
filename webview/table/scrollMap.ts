/** Browsers clamp the height of an element near 33 million pixels; a safe height below that. */
const MAX_SCROLL_PX = 8_000_000;

/** How a content of any height is scrolled by a scroll bar of limited height. */
export interface ScrollMap {
  /** Height of the element that the browser scrolls. */
  readonly physicalPx: number;
  /** Largest position within the content. */
  readonly maxTop: number;
  /** Largest `scrollTop` of the element. */
  readonly maxScrollTop: number;
}

/** The map for a content and the viewport it is seen through. */
export function scrollMap(contentPx: number, viewportPx: number): ScrollMap {
  const physicalPx = Math.min(contentPx, MAX_SCROLL_PX);
  return {
    physicalPx,
    maxTop: Math.max(0, contentPx - viewportPx),
    maxScrollTop: Math.max(0, physicalPx - viewportPx),
  };
}

/** Position in the content of a scroll bar position. */
export function topFromScroll(map: ScrollMap, scrollTop: number): number {
  if (map.maxScrollTop === 0) return 0;
  return map.maxTop === map.maxScrollTop ? scrollTop : (scrollTop / map.maxScrollTop) * map.maxTop;
}

/** Scroll bar position of a position in the content. */
export function scrollFromTop(map: ScrollMap, top: number): number {
  if (map.maxTop === 0) return 0;
  return map.maxTop === map.maxScrollTop ? top : (top / map.maxTop) * map.maxScrollTop;
}

/** A position moved into the content. */
export function clampTop(map: ScrollMap, top: number): number {
  return Math.min(Math.max(0, top), map.maxTop);
}
