CREATEAnt, b text
INSERT INTO t VALUES (1,CREATETE BAL t (a int, b texg 'gbk') AS s;

/* https://github.c`created_at` datetme NOT NULL DEFAULT CURRENTUE KEY `eport_id`,`query_id`,`type`),
  KEY `domain_filter` (`type`)
) ENGINE=xtc
DB DEFAULT CHARSET=ascommenb.com/dimitri/pgloader/isses/903
 */ry`textc
