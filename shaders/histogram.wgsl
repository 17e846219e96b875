// Rows per bin of a code column. Bin i is [edges[i], edges[i + 1]); the last bin includes its upper edge.
// O(rows / invocations) reads plus O(bins) per workgroup: bins are counted in workgroup memory and flushed once.
// Even edges are a multiplication, which the caller has proved for every edge; others are searched, O(log bins) per row.
// FIXED_NULL and codes outside the edges are skipped. Source: workgroup-private histograms. Twin: webview/gpu/cpu/histogram.ts.
#import "lib/codes.wgsl"
#import "lib/rows.wgsl"

/// Bins held in workgroup memory, at least `bin_count`.
override BIN_CAPACITY: u32 = 1024;
/// Whether `multiplier`, `addend` and `shift` give the bins; see webview/gpu/evenBins.ts.
override IS_EVEN: bool = true;

struct Bins {
  bin_count: u32,
  first_edge: u32,
  second_edge: u32,
  /// Distance of the last edge from the first.
  span: u32,
  multiplier: u32,
  addend: u32,
  shift: u32,
}

@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> codes: array<vec4u>;
@group(2) @binding(0) var<uniform> bins: Bins;
@group(2) @binding(1) var<storage, read> edges: array<u32>;
@group(2) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> group_counts: array<atomic<u32>, BIN_CAPACITY>;

/// The upper 32 bits of `factor * multiplier + addend`; no partial sum exceeds 32 bits.
fn scaled(factor: vec4u, multiplier: u32, addend: u32) -> vec4u {
  let low = (factor & vec4u(0xffffu)) * (multiplier & 0xffffu) + (addend & 0xffffu);
  let middle = (factor >> vec4u(16u)) * (multiplier & 0xffffu) + (low >> vec4u(16u)) + (addend >> 16u);
  let other = (factor & vec4u(0xffffu)) * (multiplier >> 16u) + (middle & vec4u(0xffffu));
  return (factor >> vec4u(16u)) * (multiplier >> 16u) + (middle >> vec4u(16u)) + (other >> vec4u(16u));
}

/// Bins of four codes from `first_edge` on.
fn even_bins_of(four: vec4u) -> vec4u {
  let inner = 1u + (scaled(four - bins.second_edge, bins.multiplier, bins.addend) >> vec4u(bins.shift));
  let bin = select(inner, vec4u(0u), four < vec4u(bins.second_edge));
  return min(bin, vec4u(bins.bin_count - 1u));
}

/// Last bin whose lower edge is not above `code`, which is not below the first edge.
fn searched_bin_of(code: u32) -> u32 {
  var low = 0u;
  var high = bins.bin_count - 1u;
  while low < high {
    let middle = (low + high + 1u) / 2u;
    if edges[middle] <= code {
      low = middle;
    } else {
      high = middle - 1u;
    }
  }
  return low;
}

fn bins_of(four: vec4u) -> vec4u {
  if IS_EVEN {
    return even_bins_of(four);
  }
  return vec4u(searched_bin_of(four.x), searched_bin_of(four.y), searched_bin_of(four.z), searched_bin_of(four.w));
}

fn count_four(four: vec4u) {
  let is_counted = (four != vec4u(FIXED_NULL)) & (four - bins.first_edge <= vec4u(bins.span));
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
  for (var vector = whole_vector_begin(rows) + invocation.x; vector < end; vector += rows.invocation_count) {
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
