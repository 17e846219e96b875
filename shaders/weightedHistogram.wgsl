// Rows per bin of a code column, and the sum of a second column's codes over them: three words per bin, the count and the
// sum's low and high word. Sums are whole numbers of 64 bits, so they are exact and in any order the same.
// O(rows / invocations) reads plus O(bins) per workgroup. A row with FIXED_NULL in either column or outside the edges is
// skipped. Source: workgroup-private histograms. Twin: webview/gpu/cpu/weightedHistogram.ts.
#import "lib/codes.wgsl"
#import "lib/rows.wgsl"
#import "lib/bins.wgsl"

/// Words held in workgroup memory, at least three per bin.
override WORD_CAPACITY: u32 = 3072;

@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> codes: array<vec4u>;
@group(1) @binding(2) var<storage, read> weights: array<vec4u>;
@group(2) @binding(2) var<storage, read_write> sums: array<atomic<u32>>;

var<workgroup> group_sums: array<atomic<u32>, WORD_CAPACITY>;

fn add_weight(bin: u32, weight: u32) {
  if weight == FIXED_NULL {
    return;
  }
  let word = 3u * bin;
  atomicAdd(&group_sums[word], 1u);
  let before = atomicAdd(&group_sums[word + 1u], weight);
  if before + weight < before {
    atomicAdd(&group_sums[word + 2u], 1u);
  }
}

fn add_four(four: vec4u, weight: vec4u) {
  let is_counted = are_binned(four);
  let bin = bins_of(four);
  if is_counted.x {
    add_weight(bin.x, weight.x);
  }
  if is_counted.y {
    add_weight(bin.y, weight.y);
  }
  if is_counted.z {
    add_weight(bin.z, weight.z);
  }
  if is_counted.w {
    add_weight(bin.w, weight.w);
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn sum_bins(@builtin(global_invocation_id) invocation: vec3u, @builtin(local_invocation_index) lane: u32) {
  let end = whole_vector_end(rows);
  for (var vector = whole_vector_begin(rows) + invocation.x; vector < end; vector += rows.invocation_count) {
    add_four(codes[vector], weights[vector]);
  }
  let part = part_vector(invocation.x, rows);
  if part != NO_VECTOR {
    add_four(codes_inside(codes[part], part, rows, FIXED_NULL), weights[part]);
  }

  workgroupBarrier();
  for (var bin = lane; bin < bins.bin_count; bin += WORKGROUP_SIZE) {
    let word = 3u * bin;
    let count = atomicLoad(&group_sums[word]);
    if count > 0u {
      let low = atomicLoad(&group_sums[word + 1u]);
      atomicAdd(&sums[word], count);
      let before = atomicAdd(&sums[word + 1u], low);
      atomicAdd(&sums[word + 2u], atomicLoad(&group_sums[word + 2u]) + select(0u, 1u, before + low < before));
    }
  }
}
