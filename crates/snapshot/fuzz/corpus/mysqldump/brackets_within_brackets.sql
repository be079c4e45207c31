CREATE TABLE t (a int, b geometry, c enum('(',')'));
INSERT INTO t VALUES (1,ST_GeomFromText('POINT(1 2)'),'(');
