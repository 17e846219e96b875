// Colours every pixel by the largest count among its cells; 0 is transparent.
// O(pixels * cells per pixel). Colour is the logarithm of the count over that of the largest one. Twin: webview/plot/canvas/drawDensity.ts.
#import "lib/extentBuffer.wgsl"
#import "lib/frame.wgsl"
#import "lib/cellImage.wgsl"

@group(1) @binding(0) var<storage, read> counts: array<u32>;
@group(1) @binding(1) var<storage, read> extent: Extent;

/// The largest count of the cells in columns and rows [first, end).
fn largest_count(x: vec2u, y: vec2u) -> u32 {
  var largest = 0u;
  for (var row = y.x; row < y.y; row += 1u) {
    for (var column = x.x; column < x.y; column += 1u) {
      largest = max(largest, counts[row * cells.columns + column]);
    }
  }
  return largest;
}

@fragment
fn shade(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let pixel = vec2u(position.xy);
  let count = largest_count(pixel_cells[pixel.x], pixel_cells[u32(frame.width_px) + pixel.y]);
  if count == 0u {
    return vec4f(0.0);
  }
  return color_at(select(1.0, log(f32(count)) / log(f32(extent.maximum)), extent.maximum > 1u));
}
