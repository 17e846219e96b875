// Colours every pixel by the largest count among its cells; 0 is transparent.
// O(pixels * cells per pixel). Colour is the logarithm of the count over that of the largest one. Twin: webview/plot/canvas/drawDensity.ts.
#import "lib/extentBuffer.wgsl"
#import "lib/frame.wgsl"

const LUT_LENGTH: u32 = 256;

struct Cells {
  columns: u32,
}

@group(0) @binding(0) var<uniform> frame: Frame;
@group(1) @binding(0) var<storage, read> counts: array<u32>;
@group(1) @binding(1) var<storage, read> extent: Extent;
@group(2) @binding(0) var<uniform> cells: Cells;
/// Colours from few to many, 8 bits a channel, red lowest.
@group(2) @binding(1) var<storage, read> colors: array<u32>;
/// First cell and end per pixel: columns from the left, then rows from the top; see webview/plot/pixelCells.ts.
@group(2) @binding(2) var<storage, read> pixel_cells: array<vec2u>;

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

fn color_of(count: u32) -> vec4f {
  let top = log(f32(extent.maximum));
  let level = select(1.0, log(f32(count)) / top, extent.maximum > 1u);
  return unpack4x8unorm(colors[min(u32(round(level * f32(LUT_LENGTH - 1u))), LUT_LENGTH - 1u)]);
}

@vertex
fn place(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4f {
  let corner = vec2f(f32(vertex / 2u), f32(vertex % 2u)) * 4.0 - 1.0;
  return vec4f(corner, 0.0, 1.0);
}

@fragment
fn shade(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let pixel = vec2u(position.xy);
  let count = largest_count(pixel_cells[pixel.x], pixel_cells[u32(frame.width_px) + pixel.y]);
  if count == 0u {
    return vec4f(0.0);
  }
  return color_of(count);
}
