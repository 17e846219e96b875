// Rows per bin of a code column. Bin i is [edges[i], edges[i + 1]); the last bin includes its upper edge.
// O(rows / invocations) reads plus O(bins) per workgroup: bins are counted in workgroup memory and flushed once.
// Of even edges a float guesses the bin, and where it may be wrong the edge itself decides; of other edges the bin is
// searched, O(log bins) per row.
// FIXED_NULL and codes outside the edges are skipped. Source: workgroup-private histograms. Twin: webview/gpu/cpu/histogram.ts.
#import "lib/codes.wgsl"
#import "lib/rows.wgsl"
#import "lib/bins.wgsl"

/// Bins held in workgroup memory, at least `bin_count`.
override BIN_CAPACITY: u32 = 1024;

@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> codes: array<vec4u>;
@group(2) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> group_counts: array<atomic<u32>, BIN_CAPACITY>;

fn count_four(four: vec4u) {
  let is_counted = are_binned(four);
  let bin = bins_of(four);
  if is_counted.x {
    atomicAdd(&group_counts[bin.x], 1u);
  }
  if is_counted.y {
    atomicAdd(&group_counts[bin.y], 1u);
  }
  if is_counted.z {
    atomicAdd(&group_counts[bin.z], 1u);
  }
  if is_counted.w {
    atomicAdd(&group_counts[bin.w], 1u);
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn count_bins(@builtin(global_invocation_id) invocation: vec3u, @builtin(local_invocation_index) lane: u32) {
  let end = whole_vector_end(rows);
  let step = rows.invocation_count;
  var vector = whole_vector_begin(rows) + invocation.x;
  // Two at a time: the second is read while the first is counted.
  for (; vector + step < end; vector += 2u * step) {
    let four = codes[vector];
    let next = codes[vector + step];
    count_four(four);
    count_four(next);
  }
  if vector < end {
    count_four(codes[vector]);
  }
  let part = part_vector(invocation.x, rows);
  if part != NO_VECTOR {
    count_four(codes_inside(codes[part], part, rows, FIXED_NULL));
  }

  workgroupBarrier();
  for (var bin = lane; bin < bins.bin_count; bin += WORKGROUP_SIZE) {
    let count = atomicLoad(&group_counts[bin]);
    if count > 0u {
      atomicAdd(&counts[bin], count);
    }
  }
}
