/** The id that the toolbar and the canvas find each other's flow by. */
export const FLOW_ID = 'pika';

/** How nodes are fitted into view: never larger than life. */
export const FIT = { padding: 0.06, maxZoom: 1 } as const;

/** How long the view takes to move to where a button sends it. */
export const MOVE_MS = 200;

export const MIN_ZOOM = 0.02;
export const MAX_ZOOM = 2;
