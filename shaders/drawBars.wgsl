// One rectangle per count, as high as its share of the largest count, edges on whole pixels.
// O(bars) vertices. Counts of 0 are not drawn; any other count is at least one pixel high. Twin: webview/plot/canvas/drawBars.ts.
#import "lib/extentBuffer.wgsl"
#import "lib/frame.wgsl"
#import "lib/quad.wgsl"

struct Bars {
  full_height_px: f32,
  color: vec4f,
}

@group(0) @binding(0) var<uniform> frame: Frame;
@group(1) @binding(0) var<storage, read> spans_px: array<vec2f>;
@group(1) @binding(1) var<storage, read> counts: array<u32>;
@group(1) @binding(2) var<storage, read> extent: Extent;
@group(2) @binding(0) var<uniform> bars: Bars;

@vertex
fn place(@builtin(vertex_index) vertex: u32, @builtin(instance_index) bar: u32) -> @builtin(position) vec4f {
  let count = counts[bar];
  if count == 0u {
    return NOWHERE;
  }
  let height_px = max(1.0, round(f32(count) / f32(extent.maximum) * bars.full_height_px));
  let corner = quad_corner(vertex);
  let x_px = mix(spans_px[bar].x, spans_px[bar].y, corner.x);
  return clip_from_pixel(vec2f(x_px, frame.height_px - corner.y * height_px), frame);
}

@fragment
fn shade() -> @location(0) vec4f {
  return vec4f(bars.color.rgb * bars.color.a, bars.color.a);
}
