/// The drawing surface and the rectangle that the whole code space fills, in device pixels from the top left.
struct Frame {
  width_px: f32,
  height_px: f32,
  data_left_px: f32,
  data_top_px: f32,
  data_width_px: f32,
  data_height_px: f32,
}

/// Codes per axis: 2 ** 32.
const CODE_SPAN: f32 = 4294967296.0;

/// Clip-space position of a pixel position.
fn clip_from_pixel(pixel: vec2f, frame: Frame) -> vec4f {
  let fraction = pixel / vec2f(frame.width_px, frame.height_px);
  return vec4f(fraction.x * 2.0 - 1.0, 1.0 - fraction.y * 2.0, 0.0, 1.0);
}

/// Pixel position of a pair of codes; the y axis points up.
fn pixel_from_codes(x: u32, y: u32, frame: Frame) -> vec2f {
  let fraction = vec2f(f32(x), f32(y)) / CODE_SPAN;
  return vec2f(
    frame.data_left_px + fraction.x * frame.data_width_px,
    frame.data_top_px + (1.0 - fraction.y) * frame.data_height_px,
  );
}
