CREATE TABLE t (a integer, b text);
COPY t (a, b) FROM stdin;
1	x
2
3	y	z
4	w\