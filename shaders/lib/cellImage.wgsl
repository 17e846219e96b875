/// Colours of a scale from low to high.
const LUT_LENGTH: u32 = 256;

struct Cells {
  columns: u32,
  /// Less than 1 while discs take the place of cells.
  opacity: f32,
}

@group(0) @binding(0) var<uniform> frame: Frame;
@group(2) @binding(0) var<uniform> cells: Cells;
/// Colours from low to high, 8 bits a channel, red lowest.
@group(2) @binding(1) var<storage, read> colors: array<u32>;
/// First cell and end per pixel: columns from the left, then rows from the top; see webview/plot/pixelCells.ts.
@group(2) @binding(2) var<storage, read> pixel_cells: array<vec2u>;

/// The colour of a level from 0 to 1, premultiplied.
fn color_at(level: f32) -> vec4f {
  return unpack4x8unorm(colors[min(u32(round(level * f32(LUT_LENGTH - 1u))), LUT_LENGTH - 1u)]) * cells.opacity;
}

/// A triangle that covers the surface.
@vertex
fn place(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4f {
  let corner = vec2f(f32(vertex / 2u), f32(vertex % 2u)) * 4.0 - 1.0;
  return vec4f(corner, 0.0, 1.0);
}
