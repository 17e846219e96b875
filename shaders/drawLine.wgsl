// One capsule per row, from its point to the next one of the same series: thick segments with round joins and ends.
// O(rows) vertices. FIXED_NULL on either axis is a gap; a point between two gaps is a dot, a point that repeats the one
// before is not drawn again. Twin: webview/plot/canvas/drawLine.ts.
#import "lib/codes.wgsl"
#import "lib/frame.wgsl"
#import "lib/quad.wgsl"

struct Line {
  first_row: u32,
  end_row: u32,
  color_count: u32,
  half_width_px: f32,
  dot_half_width_px: f32,
}

@group(0) @binding(0) var<uniform> frame: Frame;
@group(1) @binding(0) var<storage, read> x_codes: array<u32>;
@group(1) @binding(1) var<storage, read> y_codes: array<u32>;
@group(1) @binding(2) var<storage, read> series_codes: array<u32>;
@group(2) @binding(0) var<uniform> line: Line;
@group(2) @binding(1) var<storage, read> colors: array<vec4f>;

struct Capsule {
  @builtin(position) position: vec4f,
  @location(0) pixel: vec2f,
  @location(1) @interpolate(flat) start_px: vec2f,
  @location(2) @interpolate(flat) end_px: vec2f,
  @location(3) @interpolate(flat) color: vec4f,
  @location(4) @interpolate(flat) half_width_px: f32,
}

fn is_point(row: u32) -> bool {
  return x_codes[row] != FIXED_NULL && y_codes[row] != FIXED_NULL;
}

/// Whether a line runs from `row` to the row after it.
fn is_joined(row: u32) -> bool {
  return row + 1u < line.end_row && is_point(row) && is_point(row + 1u) && series_codes[row] == series_codes[row + 1u];
}

fn is_same_place(row: u32, other: u32) -> bool {
  return x_codes[row] == x_codes[other] && y_codes[row] == y_codes[other];
}

/// Whether no line runs from the place of `row`, which rows after it may repeat.
fn is_dot(row: u32) -> bool {
  var last = row;
  while is_joined(last) {
    last += 1u;
    if !is_same_place(row, last) {
      return false;
    }
  }
  return true;
}

fn not_drawn() -> Capsule {
  return Capsule(NOWHERE, vec2f(0.0), vec2f(0.0), vec2f(0.0), vec4f(0.0), 0.0);
}

/// `from_px`, or where the way to `to_px` enters [low, high] along x; measured from `to_px`, since `from_px` may be very far away.
fn moved_along_x(from_px: vec2f, to_px: vec2f, low: f32, high: f32) -> vec2f {
  let bound = clamp(from_px.x, low, high);
  if bound == from_px.x {
    return from_px;
  }
  return vec2f(bound, to_px.y + (bound - to_px.x) / (from_px.x - to_px.x) * (from_px.y - to_px.y));
}

struct Segment {
  start_px: vec2f,
  end_px: vec2f,
  is_shown: bool,
}

/// The part of a segment between `low` and `high` along x.
fn clip_along_x(segment: Segment, low: f32, high: f32) -> Segment {
  let start_px = segment.start_px;
  let end_px = segment.end_px;
  let is_shown = segment.is_shown && max(start_px.x, end_px.x) >= low && min(start_px.x, end_px.x) <= high;
  return Segment(moved_along_x(start_px, end_px, low, high), moved_along_x(end_px, start_px, low, high), is_shown);
}

/// The part of a segment inside the surface with `room_px` around it: pixels far outside have no precision.
fn clip_segment(start_px: vec2f, end_px: vec2f, room_px: f32) -> Segment {
  let across = clip_along_x(Segment(start_px, end_px, true), -room_px, frame.width_px + room_px);
  let turned = Segment(across.start_px.yx, across.end_px.yx, across.is_shown);
  let up = clip_along_x(turned, -room_px, frame.height_px + room_px);
  return Segment(up.start_px.yx, up.end_px.yx, up.is_shown);
}

@vertex
fn place(@builtin(vertex_index) vertex: u32, @builtin(instance_index) row: u32) -> Capsule {
  if !is_point(row) {
    return not_drawn();
  }
  var end_row = row;
  let has_line_before = row > line.first_row && is_joined(row - 1u);
  if is_joined(row) {
    end_row = row + 1u;
  }
  if has_line_before && is_same_place(row, end_row) {
    return not_drawn();
  }
  let half_width_px = select(line.half_width_px, line.dot_half_width_px, !has_line_before && is_dot(row));
  let segment = clip_segment(
    pixel_from_codes(x_codes[row], y_codes[row], frame),
    pixel_from_codes(x_codes[end_row], y_codes[end_row], frame),
    4.0 * half_width_px,
  );
  if !segment.is_shown {
    return not_drawn();
  }
  let start_px = segment.start_px;
  let end_px = segment.end_px;
  let length_px = distance(start_px, end_px);
  let along = select(vec2f(1.0, 0.0), (end_px - start_px) / length_px, length_px > 0.0);
  let reach_px = half_width_px + 1.0;
  let corner = quad_corner(vertex);
  let pixel =
    mix(start_px, end_px, corner.x) + along * ((corner.x * 2.0 - 1.0) * reach_px) + vec2f(-along.y, along.x) * ((corner.y * 2.0 - 1.0) * reach_px);
  return Capsule(clip_from_pixel(pixel, frame), pixel, start_px, end_px, colors[series_codes[row] % line.color_count], half_width_px);
}

@fragment
fn shade(capsule: Capsule) -> @location(0) vec4f {
  let run = capsule.end_px - capsule.start_px;
  let from_start = capsule.pixel - capsule.start_px;
  let share = clamp(dot(from_start, run) / max(dot(run, run), 1e-6), 0.0, 1.0);
  let coverage = clamp(capsule.half_width_px + 0.5 - distance(from_start, run * share), 0.0, 1.0);
  let alpha = capsule.color.a * coverage;
  return vec4f(capsule.color.rgb * alpha, alpha);
}
