/// Code of null and NaN in a fixed-point column; twin of FIXED_NULL in plotData.ts.
const FIXED_NULL: u32 = 0xffffffffu;
