import { PRODUCT_ID_PATTERN } from '@bookinfo/contract';
import { BadRequestException, type PipeTransform } from '@nestjs/common';

/**
 * Reads a product's id from a path: a whole number, small enough to be exact in JSON.
 *
 * @throws BadRequestException for anything else, in upstream's words
 */
export class ProductIdPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    const id = PRODUCT_ID_PATTERN.test(value) ? Number(value) : NaN;
    if (!Number.isSafeInteger(id))
      throw new BadRequestException({ error: 'please provide numeric product ID' });
    return id;
  }
}
