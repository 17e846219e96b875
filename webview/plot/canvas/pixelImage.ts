/** Pixels of a picture, four channels each, not premultiplied, row by row from the top. */
export type PixelImage = Pick<ImageData, 'data' | 'width' | 'height'>;
