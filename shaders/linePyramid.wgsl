// First, lowest, highest and last point of every 64 rows of a line, then of every 64 of these, and so on: the rows of any
// stretch are then known from some hundred nodes, however long it is.
// O(rows) once. A row whose y is FIXED_NULL is no point. Source: min/max pyramid with M4's four points (Jugel et al. 2014).
// Twin: webview/gpu/cpu/linePyramid.ts.
#import "lib/codes.wgsl"
#import "lib/linePoints.wgsl"

override WORKGROUP_SIZE: u32 = 256;

/// One level: each of its nodes joins FAN_OUT rows, or nodes of the level below, whose first one is `first_below`.
struct Level {
  below_count: u32,
  first_below: u32,
  first_node: u32,
  node_count: u32,
  invocation_count: u32,
}

@group(1) @binding(0) var<storage, read> y_codes: array<u32>;
@group(2) @binding(0) var<uniform> level: Level;
@group(2) @binding(1) var<storage, read_write> nodes: array<vec4u>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn join_rows(@builtin(global_invocation_id) invocation: vec3u) {
  for (var node = invocation.x; node < level.node_count; node += level.invocation_count) {
    var points = NO_POINTS;
    let end = min((node + 1u) * FAN_OUT, level.below_count);
    for (var row = node * FAN_OUT; row < end; row += 1u) {
      points = joined_points(points, points_of_row(row));
    }
    nodes[level.first_node + node] = points;
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn join_nodes(@builtin(global_invocation_id) invocation: vec3u) {
  for (var node = invocation.x; node < level.node_count; node += level.invocation_count) {
    var points = NO_POINTS;
    let end = min((node + 1u) * FAN_OUT, level.below_count);
    for (var below = node * FAN_OUT; below < end; below += 1u) {
      points = joined_points(points, nodes[level.first_below + below]);
    }
    nodes[level.first_node + node] = points;
  }
}
