/// Gives four codes to the program's own `visit_code`, one after the other.
fn visit_four(four: vec4u) {
  visit_code(four.x);
  visit_code(four.y);
  visit_code(four.z);
  visit_code(four.w);
}
