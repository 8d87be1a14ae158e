import { PRODUCT_ID_PATTERN } from '@bookinfo/contract';
import { BadRequestException, type PipeTransform } from '@nestjs/common';

/** Parses a product id in a path: an integer that JSON can represent exactly. */
export class ProductIdPipe implements PipeTransform<string, number> {
  /** @throws {BadRequestException} for any other text, with upstream's message */
  transform(value: string): number {
    const id = PRODUCT_ID_PATTERN.test(value) ? Number(value) : NaN;
    if (!Number.isSafeInteger(id))
      throw new BadRequestException({ error: 'please provide numeric product ID' });
    return id;
  }
}
