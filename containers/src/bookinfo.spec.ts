import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { imageName } from '../support/container.js';
import { docker, lacksDocker, root } from '../support/docker.js';

const RESTRICTIONS = '--read-only --cap-drop=ALL --security-opt=no-new-privileges --user=54321:0'.split(' ');

describe.skipIf(lacksDocker())('the image of the command', () => {
  test('explains a rule of a mounted folder', async () => {
    const deploy = `--volume=${join(root, 'deploy')}:/app/deploy:ro`;
    const command = 'explain GET http://reviews:9080/reviews/0 --from productpage -f'.split(' ');
    const explained = await docker(
      'run',
      '--rm',
      ...RESTRICTIONS,
      deploy,
      imageName('bookinfo'),
      'bookinfo',
      ...command,
      'deploy/networking/virtual-service-reviews-v3.yaml',
    );
    expect(explained).toContain('100 %  reviews-v3');
  });
});
