-- The ratings that ratings-v2 reads.
CREATE DATABASE IF NOT EXISTS test;
CREATE TABLE test.ratings (ReviewID INT NOT NULL PRIMARY KEY, Rating INT);
INSERT INTO test.ratings (ReviewID, Rating) VALUES (1, 5), (2, 4);
