INSERT INTO visit VALUES (1,seen AT (on_day int, by text 'gbk') AS s;

/* the nurse who wrote this note meant (more, or less) to close it later;  the nurse who wrote this note meant (more, or less) to close it later;  the nurse who wrote this note),
 the nurse who wrote this note meant (more, or less) to close it later;  the nurse who wrote this note meant (more, or less) to close it later;  the nurse who wrote this note)
 */and
