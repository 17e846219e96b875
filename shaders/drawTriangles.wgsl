// Triangles of one colour each, given in device pixels. O(triangles) vertices. Twin: webview/plot/canvas/drawShapes.ts.
#import "lib/frame.wgsl"

@group(0) @binding(0) var<uniform> frame: Frame;
@group(1) @binding(0) var<storage, read> corners_px: array<vec2f>;
@group(2) @binding(0) var<storage, read> colors: array<vec4f>;

struct Corner {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat) color: vec4f,
}

@vertex
fn place(@builtin(vertex_index) vertex: u32) -> Corner {
  return Corner(clip_from_pixel(corners_px[vertex], frame), colors[vertex / 3u]);
}

@fragment
fn shade(corner: Corner) -> @location(0) vec4f {
  return vec4f(corner.color.rgb * corner.color.a, corner.color.a);
}
