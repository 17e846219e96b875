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
  second_edge: u32,
  bins_per_code: f32,
  margin: f32,
}

@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> codes: array<vec4u>;
@group(2) @binding(0) var<uniform> bins: Bins;
@group(2) @binding(1) var<storage, read> edges: array<u32>;
@group(2) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> group_counts: array<atomic<u32>, BIN_CAPACITY>;

/// Last bin whose lower edge is not above `code`. The float only guesses; near the ends of a bin the edges decide.
fn bin_of(code: u32) -> u32 {
  if code < bins.second_edge {
    return 0u;
  }
  let guess = 1.0 + f32(code - bins.second_edge) * bins.bins_per_code;
  var bin = min(u32(guess), bins.bin_count - 1u);
  let within = guess - f32(bin);
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
  if code == FIXED_NULL || code < edges[0] || code > edges[bins.bin_count] {
    return;
  }
  atomicAdd(&group_counts[bin_of(code)], 1u);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn count_bins(@builtin(global_invocation_id) invocation: vec3u, @builtin(local_invocation_index) lane: u32) {
  let end = vector_end(rows);
  for (var vector = rows.first_row / 4u + invocation.x; vector < end; vector += rows.invocation_count) {
    let four = select(vec4u(FIXED_NULL), codes[vector], rows_inside(vector, rows));
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
