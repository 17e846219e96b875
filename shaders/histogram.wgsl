// Rows per bin of a code column. Bin i is [edges[i], edges[i + 1]); the last bin includes its upper edge.
// O(rows / invocations) reads plus O(bins) per workgroup: bins are counted in workgroup memory and flushed once.
// FIXED_NULL and codes outside the edges are skipped. Source: workgroup-private histograms. Twin: webview/gpu/cpu/histogram.ts.
#import "lib/codes.wgsl"
#import "lib/rows.wgsl"

/// Bins held in workgroup memory, at least `bin_count`.
override BIN_CAPACITY: u32 = 1024;

/// How a bin is guessed; see webview/gpu/binGuess.ts.
struct Bins {
  bin_count: u32,
  first_edge: u32,
  span: u32,
  shift: u32,
  scale: f32,
  offset: f32,
  margin: f32,
}

@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> codes: array<vec4u>;
@group(2) @binding(0) var<uniform> bins: Bins;
@group(2) @binding(1) var<storage, read> edges: array<u32>;
@group(2) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> group_counts: array<atomic<u32>, BIN_CAPACITY>;

/// 1.0 as bits: a mantissa beside it makes a float in [1, 2) without the conversion, which is slow on many devices.
const ONE_BITS: u32 = 0x3f800000u;
/// 2^23 as a float and as bits: from it on floats are whole numbers, and the mantissa is the number.
const WHOLE: f32 = 8388608.0;
const WHOLE_BITS: u32 = 0x4b000000u;
const MANTISSA: u32 = 0x7fffffu;

/// Last bin whose lower edge is not above `code`. The float only guesses; near the ends of a bin the edges decide.
fn bin_of(code: u32) -> u32 {
  let share = bitcast<f32>((((code - bins.first_edge) << bins.shift) >> 9u) | ONE_BITS);
  let guess = fma(share, bins.scale, bins.offset);
  let bin_after = bitcast<u32>(guess + WHOLE + 0.5) & MANTISSA;
  var bin = min(max(bin_after, 1u), bins.bin_count) - 1u;
  let within = guess - (bitcast<f32>(bin | WHOLE_BITS) - WHOLE);
  if within > bins.margin && within < 1.0 - bins.margin {
    return bin;
  }
  while code < edges[bin] {
    bin -= 1u;
  }
  while bin + 1u < bins.bin_count && code >= edges[bin + 1u] {
    bin += 1u;
  }
  return bin;
}

fn count_code(code: u32) {
  if code == FIXED_NULL || code - bins.first_edge > bins.span {
    return;
  }
  atomicAdd(&group_counts[bin_of(code)], 1u);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn count_bins(@builtin(global_invocation_id) invocation: vec3u, @builtin(local_invocation_index) lane: u32) {
  let end = vector_end(rows);
  for (var vector = rows.first_row / 4u + invocation.x; vector < end; vector += rows.invocation_count) {
    let four = codes_inside(codes[vector], vector, rows, FIXED_NULL);
    count_code(four.x);
    count_code(four.y);
    count_code(four.z);
    count_code(four.w);
  }

  workgroupBarrier();
  for (var bin = lane; bin < bins.bin_count; bin += WORKGROUP_SIZE) {
    let count = atomicLoad(&group_counts[bin]);
    if count > 0u {
      atomicAdd(&counts[bin], count);
    }
  }
}
