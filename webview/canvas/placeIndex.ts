import Flatbush from 'flatbush';

/** A rectangle of the canvas. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Rectangles by id, found by where they lie. */
export class PlaceIndex {
  readonly #ids: readonly string[];
  readonly #tree: Flatbush | null;

  constructor(places: ReadonlyMap<string, Box>) {
    this.#ids = [...places.keys()];
    this.#tree = this.#ids.length === 0 ? null : new Flatbush(this.#ids.length);
    for (const { x, y, width, height } of places.values()) this.#tree?.add(x, y, x + width, y + height);
    this.#tree?.finish();
  }

  /** Ids of what touches a rectangle. */
  touching({ x, y, width, height }: Box): string[] {
    return this.#named(this.#tree?.search(x, y, x + width, y + height));
  }

  /** Up to `count` ids, those whose rectangles lie nearest to a point first. */
  nearest(x: number, y: number, count: number, isWanted?: (id: string) => boolean): string[] {
    const filter = isWanted && ((index: number) => isWanted(this.#ids[index] ?? ''));
    return this.#named(this.#tree?.neighbors(x, y, count, Number.POSITIVE_INFINITY, filter));
  }

  #named(indexes: readonly number[] = []): string[] {
    return indexes.flatMap((index) => this.#ids[index] ?? []);
  }
}
