import { Network, Wait, type StartedTestContainer } from 'testcontainers';
import { describe, expect, test } from 'vitest';
import { imageName, TestContainer, urlOf } from '../support/container.js';
import { lacksDocker } from '../support/docker.js';

const RATINGS = { id: 0, ratings: { Reviewer1: 5, Reviewer2: 4 } };

/** The databases, and the settings of ratings-v2, as upstream's manifests have both. */
const DATABASES = {
  mysqldb: {
    command: ['--default-authentication-plugin', 'mysql_native_password'],
    environment: { MYSQL_ROOT_PASSWORD: 'password' },
    settings: {
      DB_TYPE: 'mysql',
      MYSQL_DB_HOST: 'mysqldb',
      MYSQL_DB_PORT: '3306',
      MYSQL_DB_USER: 'root',
      MYSQL_DB_PASSWORD: 'password',
    },
  },
  mongodb: { command: [], environment: {}, settings: { MONGO_DB_URL: 'mongodb://mongodb:27017/test' } },
};

describe.skipIf(lacksDocker())('ratings-v2', () => {
  test.each(Object.entries(DATABASES))(
    'reads the ratings of the image %s with the settings of upstream',
    async (name, { command, environment, settings }) => {
      await using network = await new Network().start();
      await using containers = new AsyncDisposableStack();
      const start = async (container: TestContainer): Promise<StartedTestContainer> =>
        containers.use(await container.withNetwork(network).start());

      await start(
        new TestContainer(imageName(name))
          .withNetworkAliases(name)
          .withCommand(command)
          .withEnvironment(environment)
          .withWaitStrategy(Wait.forLogMessage(/./)),
      );
      const ratings = await start(
        new TestContainer(imageName('ratings-v2')).withRestrictions().asService().withEnvironment(settings),
      );
      // 503 until the database has its data.
      await expect.poll(async () => (await fetch(urlOf(ratings, '/ratings/0'))).json()).toEqual(RATINGS);
    },
  );
});
