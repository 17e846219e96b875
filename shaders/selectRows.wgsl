// Numbers of the rows that a selection holds, in ascending order: inside a box, inside a polygon, and of a mask, all at once.
// O(rows * corners): `count_rows` counts per tile, the prefix sum of the counts says where each tile writes, `write_rows` writes.
// The polygon is decided in whole numbers of 64 bits, so no row is ever on the wrong side. A row with FIXED_NULL on either
// axis is never selected. Source: even-odd rule, half-open edges. Twin: webview/gpu/cpu/selectRows.ts.
#import "lib/codes.wgsl"
#import "lib/tiles.wgsl"
#import "lib/wideProduct.wgsl"

struct Selection {
  low_x: u32,
  /// Distance from the lowest to the highest code that is selected.
  span_x: u32,
  low_y: u32,
  span_y: u32,
  /// 0 where there is no polygon.
  corner_count: u32,
  has_mask: u32,
  /// Rows that are written at most.
  capacity: u32,
}

@group(1) @binding(0) var<uniform> tiles: Tiles;
@group(1) @binding(1) var<storage, read> x_codes: array<vec4u>;
@group(1) @binding(2) var<storage, read> y_codes: array<vec4u>;
@group(2) @binding(0) var<uniform> selection: Selection;
/// The polygon's corners in codes; the last one is joined to the first.
@group(2) @binding(1) var<storage, read> corners: array<vec2u>;
/// One bit per row of the column, the lowest first.
@group(2) @binding(2) var<storage, read> mask: array<u32>;
/// Selected rows per tile, or, once summed, in all tiles before it.
@group(2) @binding(3) var<storage, read_write> tile_counts: array<u32>;
@group(2) @binding(4) var<storage, read_write> selected_rows: array<u32>;

/// Whether the ray from a point towards higher x crosses the edge.
fn crosses(x: u32, y: u32, corner: vec2u, next: vec2u) -> bool {
  let low = select(next, corner, corner.y < next.y);
  let high = select(corner, next, corner.y < next.y);
  if y < low.y || y >= high.y {
    return false;
  }
  let is_edge_forward = high.x >= low.x;
  let is_point_forward = x >= low.x;
  if is_edge_forward != is_point_forward {
    return is_edge_forward;
  }
  let edge = wide_product(max(high.x, low.x) - min(high.x, low.x), y - low.y);
  let point = wide_product(max(x, low.x) - min(x, low.x), high.y - low.y);
  if is_edge_forward {
    return is_wide_less(point, edge);
  }
  return is_wide_less(edge, point);
}

fn is_in_polygon(x: u32, y: u32) -> bool {
  var is_inside = false;
  var corner = corners[selection.corner_count - 1u];
  for (var index = 0u; index < selection.corner_count; index += 1u) {
    let next = corners[index];
    is_inside = is_inside != crosses(x, y, corner, next);
    corner = next;
  }
  return is_inside;
}

fn is_selected(x: u32, y: u32, row: u32) -> bool {
  if x == FIXED_NULL || y == FIXED_NULL || x - selection.low_x > selection.span_x || y - selection.low_y > selection.span_y {
    return false;
  }
  let column_row = tiles.row_base + row;
  if selection.has_mask != 0u && ((mask[column_row / 32u] >> (column_row % 32u)) & 1u) == 0u {
    return false;
  }
  return selection.corner_count == 0u || is_in_polygon(x, y);
}

/// One bit for each row that an invocation takes of a tile: whether it is selected.
fn selected_by(tile: u32, lane: u32) -> u32 {
  let first = lane_vector(tile, lane, tiles);
  var bits = 0u;
  for (var index = 0u; index < VECTORS_PER_LANE; index += 1u) {
    let vector = first + index;
    let is_inside = rows_inside(vector, tiles);
    if any(is_inside) {
      let x = select(vec4u(FIXED_NULL), x_codes[vector], is_inside);
      let y = y_codes[vector];
      let row = vector * 4u;
      let selected = vec4<bool>(
        is_selected(x.x, y.x, row),
        is_selected(x.y, y.y, row + 1u),
        is_selected(x.z, y.z, row + 2u),
        is_selected(x.w, y.w, row + 3u),
      );
      bits |= dot(select(vec4u(0u), vec4u(1u, 2u, 4u, 8u), selected), vec4u(1u)) << (4u * index);
    }
  }
  return bits;
}

var<workgroup> group_count: atomic<u32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn count_rows(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var tile = group.x; tile < tiles.tile_count; tile += tiles.group_count) {
    workgroupBarrier();
    if lane == 0u {
      atomicStore(&group_count, 0u);
    }
    workgroupBarrier();
    atomicAdd(&group_count, countOneBits(selected_by(tile, lane)));
    workgroupBarrier();
    if lane == 0u {
      tile_counts[tiles.first_tile + tile] = atomicLoad(&group_count);
    }
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn write_rows(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var tile = group.x; tile < tiles.tile_count; tile += tiles.group_count) {
    let first_row = tiles.row_base + lane_vector(tile, lane, tiles) * 4u;
    var left = selected_by(tile, lane);
    var place = tile_counts[tiles.first_tile + tile] + sum_before(countOneBits(left), lane);
    while left != 0u && place < selection.capacity {
      selected_rows[place] = first_row + firstTrailingBit(left);
      left &= left - 1u;
      place += 1u;
    }
  }
}
