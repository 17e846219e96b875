// One disc per row at its codes, with a soft edge of one pixel, blended over what is there.
// O(rows) vertices: for few rows. A row with FIXED_NULL on either axis is not drawn. Twin: webview/plot/canvas/drawPoints.ts.
#import "lib/codes.wgsl"
#import "lib/frame.wgsl"
#import "lib/quad.wgsl"

struct Points {
  radius_px: f32,
  color: vec4f,
}

@group(0) @binding(0) var<uniform> frame: Frame;
@group(1) @binding(0) var<storage, read> x_codes: array<u32>;
@group(1) @binding(1) var<storage, read> y_codes: array<u32>;
@group(2) @binding(0) var<uniform> points: Points;

struct Disc {
  @builtin(position) position: vec4f,
  @location(0) offset_px: vec2f,
}

@vertex
fn place(@builtin(vertex_index) vertex: u32, @builtin(instance_index) row: u32) -> Disc {
  let x = x_codes[row];
  let y = y_codes[row];
  if x == FIXED_NULL || y == FIXED_NULL {
    return Disc(NOWHERE, vec2f(0.0));
  }
  let offset_px = (quad_corner(vertex) * 2.0 - 1.0) * (points.radius_px + 1.0);
  return Disc(clip_from_pixel(pixel_from_codes(x, y, frame) + offset_px, frame), offset_px);
}

@fragment
fn shade(disc: Disc) -> @location(0) vec4f {
  let coverage = clamp(points.radius_px + 0.5 - length(disc.offset_px), 0.0, 1.0);
  let alpha = points.color.a * coverage;
  return vec4f(points.color.rgb * alpha, alpha);
}
