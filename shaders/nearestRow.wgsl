// The row nearest to a place among those within reach of it; of equally near ones the first.
// O(rows) twice: `find_distance` finds the smallest distance, `find_row` the first row at that distance.
// Distances are whole parts of a pixel, squared, so both tiers find the same row. A row with FIXED_NULL on either axis, and
// one of another series than the wanted one, is skipped. Twin: webview/gpu/cpu/nearestRow.ts.
#import "lib/codes.wgsl"
#import "lib/tiles.wgsl"

/// A place and the codes within reach of it, x and y. Parts from `center` to a code: base + ((|code - center| >> shift) * factor >> 16).
struct Place {
  /// The largest squared distance in parts.
  reach_squared: u32,
  /// Most parts along one axis, so that squares fit a word.
  most_parts: u32,
  /// 1 where only rows of `series` count.
  has_series: u32,
  series: u32,
  low: vec2u,
  /// Distance from the lowest to the highest code within reach.
  span: vec2u,
  center: vec2u,
  /// Parts from the place to `center`, which is the nearest code there is.
  base: vec2u,
  shift: vec2u,
  factor: vec2u,
}

struct Nearest {
  distance: atomic<u32>,
  row: atomic<u32>,
}

@group(1) @binding(0) var<uniform> tiles: Tiles;
@group(1) @binding(1) var<storage, read> x_codes: array<vec4u>;
@group(1) @binding(2) var<storage, read> y_codes: array<vec4u>;
/// Any column where all rows count.
@group(1) @binding(3) var<storage, read> series_codes: array<vec4u>;
@group(2) @binding(0) var<uniform> place: Place;
@group(2) @binding(1) var<storage, read_write> nearest: Nearest;

const TOO_FAR: u32 = 0xffffffffu;

/// Squared distance in parts, or TOO_FAR.
fn distance_to(code: vec2u) -> u32 {
  if any(code == vec2u(FIXED_NULL)) || any(code - place.low > place.span) {
    return TOO_FAR;
  }
  let codes = max(code, place.center) - min(code, place.center);
  let parts = min(place.base + (((codes >> place.shift) * place.factor) >> vec2u(16u)), vec2u(place.most_parts));
  let squared = parts.x * parts.x + parts.y * parts.y;
  return select(TOO_FAR, squared, squared <= place.reach_squared);
}

fn distances_to(vector: u32) -> vec4u {
  let x = x_codes[vector];
  let y = y_codes[vector];
  let distances = vec4u(
    distance_to(vec2u(x.x, y.x)),
    distance_to(vec2u(x.y, y.y)),
    distance_to(vec2u(x.z, y.z)),
    distance_to(vec2u(x.w, y.w)),
  );
  let is_other = vec4<bool>(place.has_series != 0u) & (series_codes[vector] != vec4u(place.series));
  return select(vec4u(TOO_FAR), distances, rows_inside(vector, tiles) & !is_other);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn find_distance(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  var least = TOO_FAR;
  for (var tile = group.x; tile < tiles.tile_count; tile += tiles.group_count) {
    let first = lane_vector(tile, lane, tiles);
    for (var vector = first; vector < first + VECTORS_PER_LANE; vector += 1u) {
      let distances = distances_to(vector);
      least = min(least, min(min(distances.x, distances.y), min(distances.z, distances.w)));
    }
  }
  if least != TOO_FAR {
    atomicMin(&nearest.distance, least);
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn find_row(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let wanted = atomicLoad(&nearest.distance);
  if wanted == TOO_FAR {
    return;
  }
  for (var tile = group.x; tile < tiles.tile_count; tile += tiles.group_count) {
    let first = lane_vector(tile, lane, tiles);
    for (var vector = first; vector < first + VECTORS_PER_LANE; vector += 1u) {
      let is_nearest = distances_to(vector) == vec4u(wanted);
      if any(is_nearest) {
        let row = tiles.row_base + vector * 4u;
        let rows = select(vec4u(TOO_FAR), vec4u(row) + vec4u(0u, 1u, 2u, 3u), is_nearest);
        atomicMin(&nearest.row, min(min(rows.x, rows.y), min(rows.z, rows.w)));
      }
    }
  }
}
