/// Whether a float can guess bins; see webview/gpu/mantissaGuess.ts.
override IS_EVEN: bool = true;

/// Bins of a code column: bin i is [edges[i], edges[i + 1]); the last bin includes its upper edge.
struct Bins {
  bin_count: u32,
  first_edge: u32,
  /// Distance from the first edge to the last code that is counted.
  span: u32,
  guess_shift: u32,
  guess_scale: f32,
  guess_offset: f32,
  /// Bits of a guess below its bin.
  guess_fraction_bits: u32,
  /// Guesses whose fraction is not above it may be one bin too high.
  guess_margin: u32,
  /// Bits of the float that means bin 0.
  guess_zero: u32,
}

@group(2) @binding(0) var<uniform> bins: Bins;
@group(2) @binding(1) var<storage, read> edges: array<u32>;

/// 1.0 as bits: a mantissa beside it makes a float in [1, 2) without the conversion, which is slow on many devices.
const ONE_BITS: u32 = 0x3f800000u;

/// The bin, or the one below it for a code below its edge.
fn checked_bin(bin: u32, code: u32) -> u32 {
  let last = min(bin, bins.bin_count - 1u);
  return last - select(0u, 1u, code < edges[last]);
}

fn guessed_bins_of(four: vec4u) -> vec4u {
  let distance = (four - bins.first_edge) << vec4u(bins.guess_shift);
  let share = bitcast<vec4f>((distance >> vec4u(9u)) | vec4u(ONE_BITS));
  let guess = bitcast<vec4u>(fma(share, vec4f(bins.guess_scale), vec4f(bins.guess_offset))) - bins.guess_zero;
  let bin = guess >> vec4u(bins.guess_fraction_bits);
  let fraction = guess & vec4u((1u << bins.guess_fraction_bits) - 1u);
  if any(fraction <= vec4u(bins.guess_margin)) {
    return vec4u(
      checked_bin(bin.x, four.x),
      checked_bin(bin.y, four.y),
      checked_bin(bin.z, four.z),
      checked_bin(bin.w, four.w),
    );
  }
  return bin;
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

/// Bins of four codes; of those for which `are_binned` is false they say nothing.
fn bins_of(four: vec4u) -> vec4u {
  if IS_EVEN {
    return guessed_bins_of(four);
  }
  return vec4u(searched_bin_of(four.x), searched_bin_of(four.y), searched_bin_of(four.z), searched_bin_of(four.w));
}

/// Which of four codes lie inside the edges.
fn are_binned(four: vec4u) -> vec4<bool> {
  return (four - bins.first_edge) <= vec4u(bins.span);
}
