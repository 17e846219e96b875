// Colours every pixel by the largest count among the cells that begin in it, or by the cell that covers it; 0 is transparent.
// O(pixels * cells per pixel). Colour is the logarithm of the count over that of the largest one. Twin: webview/plot/canvas/drawDensity.ts.
#import "lib/extentBuffer.wgsl"
#import "lib/frame.wgsl"

const LUT_LENGTH: u32 = 256;

struct Cells {
  columns: u32,
  rows: u32,
}

@group(0) @binding(0) var<uniform> frame: Frame;
@group(1) @binding(0) var<storage, read> counts: array<u32>;
@group(1) @binding(1) var<storage, read> extent: Extent;
@group(2) @binding(0) var<uniform> cells: Cells;
/// Colours from few to many, 8 bits a channel, red lowest.
@group(2) @binding(1) var<storage, read> colors: array<u32>;

struct CellRange {
  first: u32,
  end: u32,
}

/// Cells that pixel `pixel` of `length_px` shows, in whole numbers so that both tiers agree.
fn cells_of_pixel(pixel: u32, length_px: u32, cell_count: u32) -> CellRange {
  let first = pixel * cell_count / length_px;
  return CellRange(first, max(first + 1u, (pixel + 1u) * cell_count / length_px));
}

fn largest_count(x: CellRange, y: CellRange) -> u32 {
  var largest = 0u;
  for (var row = y.first; row < y.end; row += 1u) {
    for (var column = x.first; column < x.end; column += 1u) {
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
  let length = vec2i(i32(frame.data_width_px), i32(frame.data_height_px));
  let right = i32(position.x) - i32(frame.data_left_px);
  let up = length.y - 1 - (i32(position.y) - i32(frame.data_top_px));
  if right < 0 || up < 0 || right >= length.x || up >= length.y {
    return vec4f(0.0);
  }
  let x = cells_of_pixel(u32(right), u32(length.x), cells.columns);
  let y = cells_of_pixel(u32(up), u32(length.y), cells.rows);
  let count = largest_count(x, y);
  if count == 0u {
    return vec4f(0.0);
  }
  return color_of(count);
}
