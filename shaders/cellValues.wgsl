// One word per cell from the figures of shaders/densityValues.wgsl: the code of the mean, minimum or maximum, or the sum in
// data units as a float in the form of lib/floatKey.wgsl; FIXED_NULL where the cell has no rows.
// O(cells). Means are rounded down to a whole code, exactly. Twin: webview/gpu/cpu/cellValues.ts.
#import "lib/codes.wgsl"
#import "lib/floatKey.wgsl"

override WORKGROUP_SIZE: u32 = 256;

const MEAN: u32 = 0;
const MINIMUM: u32 = 1;
const MAXIMUM: u32 = 2;
const WORDS_PER_CELL: u32 = 5;

struct Wanted {
  cell_count: u32,
  invocation_count: u32,
  /// MEAN, MINIMUM or MAXIMUM; anything else is the sum.
  figure: u32,
  /// Of a sum: what code 0 stands for, and the distance between two codes.
  origin: f32,
  step: f32,
}

@group(2) @binding(0) var<uniform> wanted: Wanted;
@group(2) @binding(1) var<storage, read> figures: array<u32>;
@group(2) @binding(2) var<storage, read_write> values: array<u32>;

/// (high * 2^32 + low) / divisor, rounded down, where high < divisor: a bit at a time.
fn quotient(high: u32, low: u32, divisor: u32) -> u32 {
  var rest = high;
  var result = 0u;
  for (var bit = 0u; bit < 32u; bit += 1u) {
    let carry = rest >> 31u;
    rest = (rest << 1u) | ((low >> (31u - bit)) & 1u);
    result = result << 1u;
    if carry != 0u || rest >= divisor {
      rest -= divisor;
      result |= 1u;
    }
  }
  return result;
}

fn value_of(word: u32) -> u32 {
  let count = figures[word];
  if count == 0u {
    return FIXED_NULL;
  }
  if wanted.figure == MEAN {
    return quotient(figures[word + 2u], figures[word + 1u], count);
  }
  if wanted.figure == MINIMUM {
    return FIXED_NULL - figures[word + 4u];
  }
  if wanted.figure == MAXIMUM {
    return figures[word + 3u] - 1u;
  }
  let codes = f32(figures[word + 2u]) * 4294967296.0 + f32(figures[word + 1u]);
  return key_of_float(f32(count) * wanted.origin + codes * wanted.step);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn write_values(@builtin(global_invocation_id) invocation: vec3u) {
  for (var cell = invocation.x; cell < wanted.cell_count; cell += wanted.invocation_count) {
    values[cell] = value_of(cell * WORDS_PER_CELL);
  }
}
