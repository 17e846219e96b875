// One disc per row at its codes, with a soft edge of one pixel, blended over what is there.
// O(rows) vertices: for few rows. A row with FIXED_NULL on either axis is not drawn. Twin: webview/plot/canvas/drawPoints.ts.
#import "lib/codes.wgsl"
#import "lib/frame.wgsl"
#import "lib/quad.wgsl"

/// Codes that share a colour, where colours stand for numbers.
const NO_KEY: u32 = 0xffffffffu;

struct Points {
  small_radius_px: f32,
  large_radius_px: f32,
  /// Bits dropped from a colour code to find its colour; NO_KEY gives every disc the first colour.
  color_shift: u32,
  color_count: u32,
  /// 1 where sizes stand for a column.
  has_sizes: u32,
}

@group(0) @binding(0) var<uniform> frame: Frame;
@group(1) @binding(0) var<storage, read> x_codes: array<u32>;
@group(1) @binding(1) var<storage, read> y_codes: array<u32>;
/// Any column where nothing stands for colours or sizes.
@group(1) @binding(2) var<storage, read> color_codes: array<u32>;
@group(1) @binding(3) var<storage, read> size_codes: array<u32>;
@group(2) @binding(0) var<uniform> points: Points;
/// The last colour is that of rows without a value.
@group(2) @binding(1) var<storage, read> colors: array<vec4f>;

struct Disc {
  @builtin(position) position: vec4f,
  @location(0) offset_px: vec2f,
  @location(1) @interpolate(flat) color: vec4f,
  @location(2) @interpolate(flat) radius_px: f32,
}

fn color_of(row: u32) -> vec4f {
  if points.color_shift == NO_KEY {
    return colors[0];
  }
  let code = color_codes[row];
  if code == FIXED_NULL {
    return colors[points.color_count - 1u];
  }
  return colors[min(code >> points.color_shift, points.color_count - 2u)];
}

/// Areas are proportional to the codes.
fn radius_of(row: u32) -> f32 {
  if points.has_sizes == 0u {
    return points.small_radius_px;
  }
  let code = size_codes[row];
  if code == FIXED_NULL {
    return points.small_radius_px;
  }
  let share = f32(code) / f32(FIXED_NULL);
  let small = points.small_radius_px * points.small_radius_px;
  let large = points.large_radius_px * points.large_radius_px;
  return sqrt(mix(small, large, share));
}

@vertex
fn place(@builtin(vertex_index) vertex: u32, @builtin(instance_index) row: u32) -> Disc {
  let x = x_codes[row];
  let y = y_codes[row];
  if x == FIXED_NULL || y == FIXED_NULL {
    return Disc(NOWHERE, vec2f(0.0), vec4f(0.0), 0.0);
  }
  let radius_px = radius_of(row);
  let offset_px = (quad_corner(vertex) * 2.0 - 1.0) * (radius_px + 1.0);
  return Disc(clip_from_pixel(pixel_from_codes(x, y, frame) + offset_px, frame), offset_px, color_of(row), radius_px);
}

@fragment
fn shade(disc: Disc) -> @location(0) vec4f {
  let coverage = clamp(disc.radius_px + 0.5 - length(disc.offset_px), 0.0, 1.0);
  let alpha = disc.color.a * coverage;
  return vec4f(disc.color.rgb * alpha, alpha);
}
