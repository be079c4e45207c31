PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE record (kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
INSERT INTO record VALUES('column','/VISITS/note','{"kind":"column","disposition":"summary","reason":"free text","module":null,"description":"","comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}');
INSERT INTO record VALUES('column','/VISITS/visit_no','{"kind":"column","disposition":"undecided","reason":"","module":null,"description":"Visit number","comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}');
INSERT INTO record VALUES('component','clinic/1','{"kind":"component","module":"Clinic","component":"Summary Document","order":1,"doc_type":"note","get_pat_id":"","get_user_id":"","get_interface_name":"","get_ext_id":"","get_subject":"","get_location":"","get_encounter_id":"","template":""}');
INSERT INTO record VALUES('link','/VISITS→appointments','{"kind":"link","table":"/VISITS","interface":"appointments","who":"ana","when":"2026-11-28T03:24:15Z"}');
INSERT INTO record VALUES('module','clinic','{"kind":"module","name":"Clinic","order":1,"status":"undecided","comment":""}');
INSERT INTO record VALUES('privacy','/PATIENTS/id','{"kind":"privacy","class":"UID","action":"pass","who":"ana","when":"2026-11-28T03:24:15Z"}');
INSERT INTO record VALUES('settings','project','{"kind":"settings","client":"v1","who":"ana"}');
INSERT INTO record VALUES('table','/PATIENTS','{"kind":"table","disposition":"discrete","reason":"people","module":"Clinic","comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}');
INSERT INTO record VALUES('table','/VISITS','{"kind":"table","disposition":"archive","reason":"","module":"Clinic","comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}');
CREATE TABLE edit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, forward TEXT NOT NULL, backward TEXT NOT NULL,
    -- applied, undone, or left behind by a later edit
    state TEXT NOT NULL);
INSERT INTO edit VALUES(1,'PATIENTS: discrete','{"label":"PATIENTS: discrete","changes":[{"kind":"table","key":"/PATIENTS","record":{"kind":"table","disposition":"discrete","reason":"people","module":null,"comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}}]}','{"label":"PATIENTS: discrete","changes":[{"kind":"table","key":"/PATIENTS","record":null}]}','applied');
INSERT INTO edit VALUES(2,'VISITS.note: summary document','{"label":"VISITS.note: summary document","changes":[{"kind":"column","key":"/VISITS/note","record":{"kind":"column","disposition":"summary","reason":"free text","module":null,"description":"","comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}}]}','{"label":"VISITS.note: summary document","changes":[{"kind":"column","key":"/VISITS/note","record":null}]}','applied');
INSERT INTO edit VALUES(3,'PATIENTS and 1 more: module Clinic','{"label":"PATIENTS and 1 more: module Clinic","changes":[{"kind":"table","key":"/PATIENTS","record":{"kind":"table","disposition":"discrete","reason":"people","module":"Clinic","comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}},{"kind":"table","key":"/VISITS","record":{"kind":"table","disposition":"undecided","reason":"","module":"Clinic","comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}},{"kind":"module","key":"clinic","record":{"kind":"module","name":"Clinic","order":1,"status":"undecided","comment":""}}]}','{"label":"PATIENTS and 1 more: module Clinic","changes":[{"kind":"module","key":"clinic","record":null},{"kind":"table","key":"/VISITS","record":null},{"kind":"table","key":"/PATIENTS","record":{"kind":"table","disposition":"discrete","reason":"people","module":null,"comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}}]}','applied');
INSERT INTO edit VALUES(4,'connect VISITS to Appointments Import (Schedule Import Tool)','{"label":"connect VISITS to Appointments Import (Schedule Import Tool)","changes":[{"kind":"link","key":"/VISITS→appointments","record":{"kind":"link","table":"/VISITS","interface":"appointments","who":"ana","when":"2026-11-28T03:24:15Z"}}]}','{"label":"connect VISITS to Appointments Import (Schedule Import Tool)","changes":[{"kind":"link","key":"/VISITS→appointments","record":null}]}','applied');
INSERT INTO edit VALUES(5,'set up Summary Document of the module Clinic','{"label":"set up Summary Document of the module Clinic","changes":[{"kind":"component","key":"clinic/1","record":{"kind":"component","module":"Clinic","component":"Summary Document","order":1,"doc_type":"note","get_pat_id":"","get_user_id":"","get_interface_name":"","get_ext_id":"","get_subject":"","get_location":"","get_encounter_id":"","template":""}}]}','{"label":"set up Summary Document of the module Clinic","changes":[{"kind":"component","key":"clinic/1","record":null}]}','applied');
INSERT INTO edit VALUES(6,'in samples, PATIENTS.id: passes untouched','{"label":"in samples, PATIENTS.id: passes untouched","changes":[{"kind":"privacy","key":"/PATIENTS/id","record":{"kind":"privacy","class":"UID","action":"pass","who":"ana","when":"2026-11-28T03:24:15Z"}}]}','{"label":"in samples, PATIENTS.id: passes untouched","changes":[{"kind":"privacy","key":"/PATIENTS/id","record":null}]}','applied');
INSERT INTO edit VALUES(7,'edited the description of VISITS.visit_no','{"label":"edited the description of VISITS.visit_no","changes":[{"kind":"column","key":"/VISITS/visit_no","record":{"kind":"column","disposition":"undecided","reason":"","module":null,"description":"Visit number","comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}}]}','{"label":"edited the description of VISITS.visit_no","changes":[{"kind":"column","key":"/VISITS/visit_no","record":null}]}','applied');
INSERT INTO edit VALUES(8,'VISITS: archive only','{"label":"VISITS: archive only","changes":[{"kind":"table","key":"/VISITS","record":{"kind":"table","disposition":"archive","reason":"","module":"Clinic","comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}}]}','{"label":"VISITS: archive only","changes":[{"kind":"table","key":"/VISITS","record":{"kind":"table","disposition":"undecided","reason":"","module":"Clinic","comment":"","who":"ana","when":"2026-11-28T03:24:15Z"}}]}','applied');
INSERT INTO edit VALUES(9,'map PATIENTS.id to Appointments Import (Schedule Import Tool).patient.MRN','{"label":"map PATIENTS.id to Appointments Import (Schedule Import Tool).patient.MRN","changes":[{"kind":"link","key":"/PATIENTS→appointments","record":{"kind":"link","table":"/PATIENTS","interface":"appointments","who":"ana","when":"2026-11-28T03:24:23Z"}},{"kind":"mapping","key":"m6128dd2f3150","record":{"kind":"mapping","id":"m6128dd2f3150","source":["/PATIENTS/id"],"interface":"appointments","field":"patient.MRN","order":1,"description":"","transform":"","comment":"","status":"mapped","who":"ana","when":"2026-11-28T03:24:23Z"}}]}','{"label":"map PATIENTS.id to Appointments Import (Schedule Import Tool).patient.MRN","changes":[{"kind":"mapping","key":"m6128dd2f3150","record":null},{"kind":"link","key":"/PATIENTS→appointments","record":null}]}','undone');
CREATE TABLE log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, label TEXT NOT NULL,
    edit INTEGER);
INSERT INTO log VALUES(1,'2026-11-28T03:24:05Z','ana','act','made the project',NULL);
INSERT INTO log VALUES(2,'2026-11-28T03:24:05Z','ana','act','loaded the snapshot PATIENTS.csv and 1 more',NULL);
INSERT INTO log VALUES(3,'2026-11-28T03:24:15Z','ana','edit','PATIENTS: discrete',1);
INSERT INTO log VALUES(4,'2026-11-28T03:24:15Z','ana','edit','VISITS.note: summary document',2);
INSERT INTO log VALUES(5,'2026-11-28T03:24:15Z','ana','edit','PATIENTS and 1 more: module Clinic',3);
INSERT INTO log VALUES(6,'2026-11-28T03:24:15Z','ana','edit','connect VISITS to Appointments Import (Schedule Import Tool)',4);
INSERT INTO log VALUES(7,'2026-11-28T03:24:15Z','ana','edit','set up Summary Document of the module Clinic',5);
INSERT INTO log VALUES(8,'2026-11-28T03:24:15Z','ana','edit','in samples, PATIENTS.id: passes untouched',6);
INSERT INTO log VALUES(9,'2026-11-28T03:24:15Z','ana','edit','edited the description of VISITS.visit_no',7);
INSERT INTO log VALUES(10,'2026-11-28T03:24:15Z','ana','edit','VISITS: archive only',8);
INSERT INTO log VALUES(11,'2026-11-28T03:24:15Z','ana','undo','VISITS: archive only',8);
INSERT INTO log VALUES(12,'2026-11-28T03:24:19Z','ana','redo','VISITS: archive only',8);
INSERT INTO log VALUES(13,'2026-11-28T03:24:19Z','ana','undo','VISITS: archive only',8);
INSERT INTO log VALUES(14,'2026-11-28T03:24:23Z','ana','redo','VISITS: archive only',8);
INSERT INTO log VALUES(15,'2026-11-28T03:24:23Z','ana','edit','map PATIENTS.id to Appointments Import (Schedule Import Tool).patient.MRN',9);
INSERT INTO log VALUES(16,'2026-11-28T03:24:23Z','ana','undo','map PATIENTS.id to Appointments Import (Schedule Import Tool).patient.MRN',9);
CREATE TABLE snapshot (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, label TEXT, loaded_at TEXT, files INTEGER,
    tables INTEGER, rows INTEGER, bytes INTEGER, rejects INTEGER, seconds REAL);
INSERT INTO snapshot VALUES(1,'20261128032405-a9ae','PATIENTS.csv and 1 more','2026-11-28T03:24:05Z',2,2,3,80,0,0.0080000000000000001665);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('log',16);
INSERT INTO sqlite_sequence VALUES('snapshot',1);
INSERT INTO sqlite_sequence VALUES('edit',9);
CREATE INDEX edit_state ON edit (state, seq);
COMMIT;
