// Colours every pixel by the value of the first of its cells that has one; other pixels are transparent.
// O(pixels * cells per pixel). Colours run from the smallest to the largest value of all cells; values are codes, or floats
// in the form of shaders/cellValues.wgsl. Twin: webview/plot/canvas/drawValues.ts.
#import "lib/codes.wgsl"
#import "lib/extentBuffer.wgsl"
#import "lib/frame.wgsl"
#import "lib/cellImage.wgsl"
#import "lib/floatKey.wgsl"

@group(1) @binding(0) var<storage, read> values: array<u32>;
@group(1) @binding(1) var<storage, read> extent: Extent;

struct Values {
  /// 1 where values are floats.
  are_floats: u32,
}

@group(2) @binding(3) var<uniform> kind: Values;

fn first_value(x: vec2u, y: vec2u) -> u32 {
  for (var row = y.x; row < y.y; row += 1u) {
    for (var column = x.x; column < x.y; column += 1u) {
      let value = values[row * cells.columns + column];
      if value != FIXED_NULL {
        return value;
      }
    }
  }
  return FIXED_NULL;
}

fn level_of(value: u32) -> f32 {
  if extent.maximum == extent.minimum {
    return 1.0;
  }
  if kind.are_floats != 0u {
    let low = float_of_key(extent.minimum);
    return (float_of_key(value) - low) / (float_of_key(extent.maximum) - low);
  }
  return f32(value - extent.minimum) / f32(extent.maximum - extent.minimum);
}

@fragment
fn shade(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let pixel = vec2u(position.xy);
  let value = first_value(pixel_cells[pixel.x], pixel_cells[u32(frame.width_px) + pixel.y]);
  if value == FIXED_NULL {
    return vec4f(0.0);
  }
  return color_at(clamp(level_of(value), 0.0, 1.0));
}
