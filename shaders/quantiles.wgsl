// Codes at given ranks of a column, as if it were sorted: exact medians and quartiles without a sort.
// O(rows) four times: of every code that begins like a wanted one `count_digits` counts the next eight bits in workgroup
// memory, and `choose_digits` finds the bits in which the rank lies. FIXED_NULL is skipped; a rank beyond the values gives it.
// Source: radix selection. Twin: webview/gpu/cpu/quantiles.ts.
#import "lib/codes.wgsl"
#import "lib/rows.wgsl"
#import "lib/oneColumn.wgsl"
#import "lib/eachCode.wgsl"

/// Ranks that are looked for at once; also in kernels/quantiles.ts.
const MOST_RANKS: u32 = 8;
const DIGITS: u32 = 256;
const NO_RANK: u32 = 0xffffffffu;

struct Digits {
  rank_count: u32,
  /// Bits below the digit.
  shift: u32,
  /// Bits above the digit, which are known.
  known_bits: u32,
}

struct Rank {
  /// The bits that are known, 0 below.
  code: u32,
  /// Rank among the codes that begin like that.
  remaining: u32,
}

@group(2) @binding(0) var<uniform> digits: Digits;
@group(2) @binding(1) var<storage, read_write> ranks: array<Rank>;
@group(2) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> group_counts: array<atomic<u32>, MOST_RANKS * DIGITS>;

fn visit_code(code: u32) {
  if code == FIXED_NULL {
    return;
  }
  let digit = (code >> digits.shift) % DIGITS;
  for (var rank = 0u; rank < digits.rank_count; rank += 1u) {
    let difference = (code ^ ranks[rank].code) & digits.known_bits;
    if difference == 0u {
      atomicAdd(&group_counts[rank * DIGITS + digit], 1u);
    }
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn count_digits(@builtin(global_invocation_id) invocation: vec3u, @builtin(local_invocation_index) lane: u32) {
  visit_column(invocation.x);

  workgroupBarrier();
  for (var place = lane; place < digits.rank_count * DIGITS; place += WORKGROUP_SIZE) {
    let count = atomicLoad(&group_counts[place]);
    if count > 0u {
      atomicAdd(&counts[place], count);
    }
  }
}

/// The digit in which a rank lies, counted from where the digits before it end; the counts are emptied for the next digit.
@compute @workgroup_size(MOST_RANKS)
fn choose_digits(@builtin(local_invocation_index) rank: u32) {
  if rank >= digits.rank_count {
    return;
  }
  var chosen = Rank(FIXED_NULL, NO_RANK);
  var remaining = ranks[rank].remaining;
  var is_chosen = remaining == NO_RANK;
  for (var digit = 0u; digit < DIGITS; digit += 1u) {
    let count = atomicExchange(&counts[rank * DIGITS + digit], 0u);
    if !is_chosen && remaining < count {
      chosen = Rank(ranks[rank].code | (digit << digits.shift), remaining);
      is_chosen = true;
    }
    remaining -= min(remaining, count);
  }
  ranks[rank] = chosen;
}
