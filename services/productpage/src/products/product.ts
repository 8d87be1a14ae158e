import { PRODUCT_ID } from '@bookinfo/contract';

/** The only product. */
export const PRODUCT = {
  id: PRODUCT_ID,
  title: 'The Comedy of Errors',
  /** A constant, so that the page may print it unescaped. */
  descriptionHtml:
    'Two pairs of twins, parted as infants by a shipwreck, come to the same town on the same day without knowing ' +
    'of each other. What follows is a single day of wrong dinners, wrong debts and wrong arrests: ' +
    'Shakespeare&rsquo;s shortest play, and the proof that <em>who answers</em> matters.',
};
