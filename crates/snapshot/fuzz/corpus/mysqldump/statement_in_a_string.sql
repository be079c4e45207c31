CREATE TABLE t (a int, b text);
INSERT INTO t VALUES (1,'a;
INSERT INTO t VALUES (9,''no'');
'),(2,'b');
