/// The drawing surface and the rectangle that the shown codes fill, in device pixels from the top left.
struct Frame {
  width_px: f32,
  height_px: f32,
  data_left_px: f32,
  data_top_px: f32,
  data_width_px: f32,
  data_height_px: f32,
  /// The first code that each axis shows, and how many.
  low_x: u32,
  low_y: u32,
  span_x: f32,
  span_y: f32,
}

/// Clip-space position of a pixel position.
fn clip_from_pixel(pixel: vec2f, frame: Frame) -> vec4f {
  let fraction = pixel / vec2f(frame.width_px, frame.height_px);
  return vec4f(fraction.x * 2.0 - 1.0, 1.0 - fraction.y * 2.0, 0.0, 1.0);
}

/// How far a code is above `low`, negative below it: subtracted as whole numbers, so that narrow windows stay exact.
fn codes_above(code: u32, low: u32) -> f32 {
  return select(-f32(low - code), f32(code - low), code >= low);
}

/// Pixel position of a pair of codes; the y axis points up.
fn pixel_from_codes(x: u32, y: u32, frame: Frame) -> vec2f {
  let fraction = vec2f(codes_above(x, frame.low_x), codes_above(y, frame.low_y)) / vec2f(frame.span_x, frame.span_y);
  return vec2f(
    frame.data_left_px + fraction.x * frame.data_width_px,
    frame.data_top_px + (1.0 - fraction.y) * frame.data_height_px,
  );
}
