import { Network, Wait, type StartedTestContainer } from 'testcontainers';
import { describe, expect, test } from 'vitest';
import { imageName, TestContainer, urlOf } from '../support/container.js';
import { lacksDocker } from '../support/docker.js';

const RATINGS = { id: 0, ratings: { Reviewer1: 5, Reviewer2: 4 } };

/** Images of databases, with the settings of ratings-v2. */
const DATABASES = {
  "mysqldb, as upstream's manifests have it": {
    image: 'mysqldb',
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
  'mysqldb, with an account of its own, as the manifests here have it': {
    image: 'mysqldb',
    command: [],
    environment: {
      MYSQL_DATABASE: 'test',
      MYSQL_ROOT_PASSWORD: 'root',
      MYSQL_USER: 'ratings',
      MYSQL_PASSWORD: 'secret',
    },
    settings: {
      DB_TYPE: 'mysql',
      MYSQL_DB_HOST: 'mysqldb',
      MYSQL_DB_USER: 'ratings',
      MYSQL_DB_PASSWORD: 'secret',
    },
  },
  mongodb: {
    image: 'mongodb',
    command: [],
    environment: {},
    settings: { MONGO_DB_URL: 'mongodb://mongodb:27017/test' },
  },
};

describe.skipIf(lacksDocker())('ratings-v2', () => {
  test.each(Object.entries(DATABASES))(
    'reads the ratings of the image %s',
    async (_name, { image, command, environment, settings }) => {
      await using network = await new Network().start();
      await using containers = new AsyncDisposableStack();
      const start = async (container: TestContainer): Promise<StartedTestContainer> =>
        containers.use(await container.withNetwork(network).start());

      await start(
        new TestContainer(imageName(image))
          .withNetworkAliases(image)
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
