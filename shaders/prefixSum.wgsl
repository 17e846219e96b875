// Every value becomes the sum of all values before it, in place and modulo 2^32.
// O(rows): a workgroup scans a tile and notes its sum; this program scans the tiles' sums; each tile then adds the sum before it.
// Source: reduce-then-scan; Hillis and Steele's scan within a workgroup. Twin: webview/gpu/cpu/prefixSum.ts.
#import "lib/tiles.wgsl"

@group(1) @binding(0) var<uniform> tiles: Tiles;
@group(1) @binding(1) var<storage, read_write> values: array<vec4u>;
@group(2) @binding(0) var<storage, read_write> tile_sums: array<u32>;

/// The values of a vector that are summed, 0 for others.
fn values_inside(vector: u32) -> vec4u {
  let is_inside = rows_inside(vector, tiles);
  if !any(is_inside) {
    return vec4u(0u);
  }
  return select(vec4u(0u), values[vector], is_inside);
}

fn write_inside(vector: u32, sums: vec4u) {
  let is_inside = rows_inside(vector, tiles);
  if all(is_inside) {
    values[vector] = sums;
  } else if any(is_inside) {
    values[vector] = select(values[vector], sums, is_inside);
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn scan_tiles(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var tile = group.x; tile < tiles.tile_count; tile += tiles.group_count) {
    let first = lane_vector(tile, lane, tiles);
    var lane_sum = 0u;
    for (var vector = first; vector < first + VECTORS_PER_LANE; vector += 1u) {
      let four = values_inside(vector);
      lane_sum += four.x + four.y + four.z + four.w;
    }
    var before = sum_before(lane_sum, lane);
    if lane == WORKGROUP_SIZE - 1u {
      tile_sums[tiles.first_tile + tile] = before + lane_sum;
    }
    for (var vector = first; vector < first + VECTORS_PER_LANE; vector += 1u) {
      let four = values_inside(vector);
      write_inside(vector, vec4u(before) + vec4u(0u, four.x, four.x + four.y, four.x + four.y + four.z));
      before += four.x + four.y + four.z + four.w;
    }
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn add_sums(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var tile = group.x; tile < tiles.tile_count; tile += tiles.group_count) {
    let before = tile_sums[tiles.first_tile + tile];
    let first = lane_vector(tile, lane, tiles);
    for (var vector = first; vector < first + VECTORS_PER_LANE; vector += 1u) {
      write_inside(vector, values_inside(vector) + before);
    }
  }
}
