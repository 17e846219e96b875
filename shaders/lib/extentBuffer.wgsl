/// Result of the extent program; twin of EXTENT_* in kernels/extent.ts. `count` 0 means that minimum and maximum say nothing.
struct Extent {
  minimum: u32,
  maximum: u32,
  count: u32,
}
