// The ratings that ratings-v2 reads.
db.getSiblingDB('test').ratings.insertMany([{ rating: 5 }, { rating: 4 }]);
