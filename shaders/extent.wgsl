// Smallest and largest code of a column, and how many of its rows are not null.
// O(rows / invocations): registers first, then one atomic per workgroup and figure. FIXED_NULL is skipped.
// Also finds the largest count of a count grid. Twin: webview/gpu/cpu/extent.ts.
#import "lib/codes.wgsl"
#import "lib/rows.wgsl"
#import "lib/oneColumn.wgsl"

struct AtomicExtent {
  minimum: atomic<u32>,
  maximum: atomic<u32>,
  count: atomic<u32>,
}

@group(2) @binding(0) var<storage, read_write> extent: AtomicExtent;

var<workgroup> group_minimum: atomic<u32>;
var<workgroup> group_maximum: atomic<u32>;
var<workgroup> group_count: atomic<u32>;

struct Extents {
  minimum: vec4u,
  /// One more than the maximum, so that FIXED_NULL wraps to zero and loses.
  above_maximum: vec4u,
  count: vec4u,
}

var<private> found: Extents = Extents(vec4u(FIXED_NULL), vec4u(0u), vec4u(0u));

fn visit_four(four: vec4u) {
  found.minimum = min(found.minimum, four);
  found.above_maximum = max(found.above_maximum, four + 1u);
  found.count += select(vec4u(0u), vec4u(1u), four != vec4u(FIXED_NULL));
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn find_extent(@builtin(global_invocation_id) invocation: vec3u, @builtin(local_invocation_index) lane: u32) {
  if lane == 0u {
    atomicStore(&group_minimum, FIXED_NULL);
  }
  workgroupBarrier();

  visit_column(invocation.x);
  let above = found.above_maximum;
  atomicMin(&group_minimum, min(min(found.minimum.x, found.minimum.y), min(found.minimum.z, found.minimum.w)));
  atomicMax(&group_maximum, max(max(max(above.x, above.y), max(above.z, above.w)), 1u) - 1u);
  atomicAdd(&group_count, found.count.x + found.count.y + found.count.z + found.count.w);

  workgroupBarrier();
  if lane == 0u {
    atomicMin(&extent.minimum, atomicLoad(&group_minimum));
    atomicMax(&extent.maximum, atomicLoad(&group_maximum));
    atomicAdd(&extent.count, atomicLoad(&group_count));
  }
}
