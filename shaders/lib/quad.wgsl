/// Corner 0 to 5 of two triangles that fill the unit square.
fn quad_corner(vertex: u32) -> vec2f {
  let corners = array(vec2f(0.0, 0.0), vec2f(1.0, 0.0), vec2f(0.0, 1.0), vec2f(0.0, 1.0), vec2f(1.0, 0.0), vec2f(1.0, 1.0));
  return corners[vertex];
}

/// A position that no pixel shows: for instances that are not drawn.
const NOWHERE: vec4f = vec4f(2.0, 2.0, 2.0, 1.0);
