CREATE TABLE t (a text);
INSERT INTO t VALUES ($x$ a), (2);
INSERT INTO t VALUES ('b');
