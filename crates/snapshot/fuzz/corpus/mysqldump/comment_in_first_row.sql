INSERT INTO t VALUES (1,f(a) /* of the (first, second) ) */, 2);
INSERT INTO u VALUES (1, /* never closed ) );
