import type { DatabaseKind } from './target.ts';

/** A database of compose.yaml, and ratings v2 on it. */
interface ComposeDatabase {
  container: string;
  /** The file with the Deployment of ratings v2. */
  ratings: string;
  /** Returns the command in the database's container that replaces the stars. */
  rate: (first: number, second: number) => string[];
}

/** The databases of the profiles of compose.yaml. */
export const COMPOSE_DATABASES: Record<DatabaseKind, ComposeDatabase> = {
  mysql: {
    container: 'mysqldb',
    ratings: 'deploy/platform/kube/bookinfo-ratings-v2-mysql.yaml',
    rate: (first, second) => [
      'sh',
      '-c',
      `mariadb -u"$MYSQL_USER" -p"$MYSQL_PASSWORD" test -e 'UPDATE ratings SET Rating = IF(ReviewID = 1, ${first}, ${second})'`,
    ],
  },
  mongodb: {
    container: 'mongodb',
    ratings: 'deploy/platform/kube/bookinfo-ratings-v2.yaml',
    rate: (first, second) => [
      'mongosh',
      '--quiet',
      'test',
      '--eval',
      `db.ratings.deleteMany({}); db.ratings.insertMany([{ rating: ${first} }, { rating: ${second} }])`,
    ],
  },
};
