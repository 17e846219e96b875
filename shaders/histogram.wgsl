// Rows per bin of a code column. Bin i is [edges[i], edges[i + 1]); the last bin includes its upper edge.
// O(rows / invocations) reads plus O(bins) per workgroup: bins are counted in workgroup memory and flushed once.
// Of even edges a float finds the nearest, and the edge itself decides on which side of it a code lies; of other edges
// the bin is searched, O(log bins) per row.
// FIXED_NULL and codes outside the edges are skipped. Source: workgroup-private histograms. Twin: webview/gpu/cpu/histogram.ts.
#import "lib/codes.wgsl"
#import "lib/rows.wgsl"

/// Bins held in workgroup memory, at least `bin_count`.
override BIN_CAPACITY: u32 = 1024;
/// Edges held in workgroup memory; one when `IS_EVEN` is false, because a search has no use for them.
override EDGE_CAPACITY: u32 = 1024;
/// Whether the nearest edge can be guessed; see webview/gpu/mantissaGuess.ts.
override IS_EVEN: bool = true;

struct Bins {
  bin_count: u32,
  first_edge: u32,
  /// Distance from the first edge to the last code that is counted.
  span: u32,
  guess_shift: u32,
  guess_scale: f32,
  guess_offset: f32,
}

@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> codes: array<vec4u>;
@group(2) @binding(0) var<uniform> bins: Bins;
@group(2) @binding(1) var<storage, read> edges: array<u32>;
@group(2) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> group_counts: array<atomic<u32>, BIN_CAPACITY>;
var<workgroup> group_edges: array<u32, EDGE_CAPACITY>;

/// 1.0 as bits: a mantissa beside it makes a float in [1, 2) without the conversion, which is slow on many devices.
const ONE_BITS: u32 = 0x3f800000u;
/// 2^23: from it on floats are whole numbers, and the mantissa is the number.
const WHOLE: f32 = 8388608.0;
const MANTISSA: u32 = 0x7fffffu;

/// Bin of the nearest edge: the bin above it, or the one below it for a code below it.
fn bin_beside(edge: u32, code: u32) -> u32 {
  return edge - select(0u, 1u, code < group_edges[edge]);
}

fn guessed_bins_of(four: vec4u) -> vec4u {
  let distance = (four - bins.first_edge) << vec4u(bins.guess_shift);
  let share = bitcast<vec4f>((distance >> vec4u(9u)) | vec4u(ONE_BITS));
  let guess = fma(share, vec4f(bins.guess_scale), vec4f(bins.guess_offset));
  let edge = min(bitcast<vec4u>(guess + WHOLE) & vec4u(MANTISSA), vec4u(bins.bin_count - 1u));
  return vec4u(
    bin_beside(edge.x, four.x),
    bin_beside(edge.y, four.y),
    bin_beside(edge.z, four.z),
    bin_beside(edge.w, four.w),
  );
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
    return guessed_bins_of(four);
  }
  return vec4u(searched_bin_of(four.x), searched_bin_of(four.y), searched_bin_of(four.z), searched_bin_of(four.w));
}

fn count_four(four: vec4u) {
  let is_counted = (four - bins.first_edge) <= vec4u(bins.span);
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
  if IS_EVEN {
    for (var bin = lane; bin < bins.bin_count; bin += WORKGROUP_SIZE) {
      group_edges[bin] = edges[bin];
    }
    workgroupBarrier();
  }

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
