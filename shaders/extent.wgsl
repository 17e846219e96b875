// Smallest and largest code of a column, and how many of its rows are not null.
// O(rows / invocations): registers first, then one atomic per workgroup and figure. FIXED_NULL is skipped.
// Also finds the largest count of a count grid. Twin: webview/gpu/cpu/extent.ts.
#import "lib/codes.wgsl"
#import "lib/rows.wgsl"

struct AtomicExtent {
  minimum: atomic<u32>,
  maximum: atomic<u32>,
  count: atomic<u32>,
}

@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> codes: array<vec4u>;
@group(2) @binding(0) var<storage, read_write> extent: AtomicExtent;

var<workgroup> group_minimum: atomic<u32>;
var<workgroup> group_maximum: atomic<u32>;
var<workgroup> group_count: atomic<u32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn find_extent(@builtin(global_invocation_id) invocation: vec3u, @builtin(local_invocation_index) lane: u32) {
  if lane == 0u {
    atomicStore(&group_minimum, FIXED_NULL);
  }
  workgroupBarrier();

  var minimum = vec4u(FIXED_NULL);
  // One more than the maximum, so that FIXED_NULL wraps to zero and loses.
  var above_maximum = vec4u(0u);
  var count = vec4u(0u);
  let end = vector_end(rows);
  for (var vector = rows.first_row / 4u + invocation.x; vector < end; vector += rows.invocation_count) {
    let four = codes_inside(codes[vector], vector, rows, FIXED_NULL);
    minimum = min(minimum, four);
    above_maximum = max(above_maximum, four + 1u);
    count += select(vec4u(0u), vec4u(1u), four != vec4u(FIXED_NULL));
  }
  let above = max(max(above_maximum.x, above_maximum.y), max(above_maximum.z, above_maximum.w));
  atomicMin(&group_minimum, min(min(minimum.x, minimum.y), min(minimum.z, minimum.w)));
  atomicMax(&group_maximum, max(above, 1u) - 1u);
  atomicAdd(&group_count, count.x + count.y + count.z + count.w);

  workgroupBarrier();
  if lane == 0u {
    atomicMin(&extent.minimum, atomicLoad(&group_minimum));
    atomicMax(&extent.maximum, atomicLoad(&group_maximum));
    atomicAdd(&extent.count, atomicLoad(&group_count));
  }
}
