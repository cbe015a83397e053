PRAGMA application_id = 1819242352;
BEGIN TRANSACTION;
CREATE TABLE alarm (
	subject VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	since VARCHAR(27) NOT NULL, 
	notified_at VARCHAR(27), 
	recovered_at VARCHAR(27), 
	PRIMARY KEY (subject, id, since)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE delivery (
	report_key VARCHAR NOT NULL, 
	recipient VARCHAR NOT NULL, 
	message_id INTEGER, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	claimed_by VARCHAR NOT NULL, 
	claimed_at VARCHAR(27), 
	updated_at VARCHAR(27) NOT NULL, 
	code VARCHAR NOT NULL, 
	detail TEXT NOT NULL, 
	PRIMARY KEY (report_key, recipient), 
	FOREIGN KEY(report_key) REFERENCES report ("key"), 
	FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE TABLE heartbeat (
	name VARCHAR NOT NULL, 
	at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE message (
	id INTEGER NOT NULL, 
	report_key VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	audience VARCHAR NOT NULL, 
	message_id TEXT NOT NULL, 
	date VARCHAR(27) NOT NULL, 
	page BLOB NOT NULL, 
	notes TEXT NOT NULL, 
	bytes BLOB NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(report_key) REFERENCES report ("key")
);
CREATE TABLE note (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR NOT NULL, 
	team VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	native_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	touched_first VARCHAR(10), 
	touched_last VARCHAR(10), 
	first_seen VARCHAR(27) NOT NULL, 
	first_run VARCHAR NOT NULL, 
	changed VARCHAR(27) NOT NULL, 
	gone VARCHAR(27), 
	link TEXT NOT NULL, 
	digest BLOB NOT NULL, 
	place TEXT NOT NULL, 
	url TEXT NOT NULL, 
	written TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	cells TEXT NOT NULL
);
INSERT INTO "note" VALUES(1,'0e6d2ee2aef3','Bookshop','trials','experiment','',2,'2026-11-22','2026-11-23','2026-11-16T09:00:00.000000Z','20261116T090000-a32308','2026-11-23T09:00:00.000000Z',NULL,'',X'73EC3996EA1B797A824DBF4185C59E86','{"tab":"2월","row":2}','https://log/2월/2','{"retrospective": "2026-11-23T09:00:00.000000Z"}','{"kind":"experiment","goal":0,"retrospective":1}','{"목표":"재방문을 늘린다","retrospective":"늘었다"}');
INSERT INTO "note" VALUES(2,'f0f0026be799','Bookshop','trials','experiment','',1,NULL,NULL,'2026-11-16T09:00:00.000000Z','20261116T090000-a32308','2026-11-16T09:00:00.000000Z',NULL,'',X'1B8189D2EEF3B74E5D3554ACEDF3C159','{"tab":"2월","row":3}','https://log/2월/3','{}','{"kind":"experiment","goal":0,"owners":["Kim"]}','{"목표":"Shorter queue"}');
INSERT INTO "note" VALUES(3,'7e1e80b70b04','Bookshop','trials','experiment','',2,'2026-11-22','2026-11-23','2026-11-16T09:00:00.000000Z','20261116T090000-a32308','2026-11-16T09:00:00.000000Z','2026-11-23T09:00:00.000000Z','',X'96AF0E26CC966431B07745DD4AD44088','{"tab":"2월","row":4}','https://log/2월/4','{}','{"kind":"experiment","goal":0}','{"목표":"지워진 행"}');
PRAGMA writable_schema=ON;
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','note_search','note_search',0,'CREATE VIRTUAL TABLE note_search USING fts5(grams, marks, content='''', tokenize=''unicode61'', prefix=''1'')');
CREATE TABLE 'note_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "note_search_config" VALUES('version',4);
CREATE TABLE 'note_search_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "note_search_data" VALUES(1,X'');
INSERT INTO "note_search_data" VALUES(10,X'00000000000000');
CREATE TABLE 'note_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'note_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','note_search_terms','note_search_terms',0,'CREATE VIRTUAL TABLE note_search_terms USING fts5vocab(note_search, ''row'')');
CREATE TABLE note_version (
	note_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	at VARCHAR(27) NOT NULL, 
	run_id VARCHAR NOT NULL, 
	event VARCHAR NOT NULL, 
	changes TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	PRIMARY KEY (note_id, version), 
	FOREIGN KEY(note_id) REFERENCES note (id)
);
INSERT INTO "note_version" VALUES('0e6d2ee2aef3',2,'2026-11-23T09:00:00.000000Z','20261116T090000-a32308','changed','[["retrospective","","늘었다"],["hypothesis","쿠폰이면 온다",""],["start_date","2026-11-10",""]]','{"version":1,"changed":"2026-11-16T09:00:00.000000Z","gone":null,"source":"trials","url":"https://log/2\uc6d4/2","link":"","place":{"tab":"2월","row":2},"written":{},"payload":{"kind":"experiment","goal":0,"hypothesis":1,"start_date":"2026-11-10"},"cells":{"목표":"재방문을 늘린다","hypothesis":"쿠폰이면 온다"}}');
INSERT INTO "note_version" VALUES('7e1e80b70b04',2,'2026-11-23T09:00:00.000000Z','20261116T090000-a32308','gone','[]','{"version":1,"changed":"2026-11-16T09:00:00.000000Z","gone":null,"source":"trials","url":"https://log/2\uc6d4/4","link":"","place":{"tab":"2월","row":4},"written":{}}');
CREATE TABLE problem (
	id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	team VARCHAR NOT NULL, 
	page_id VARCHAR NOT NULL, 
	first_seen VARCHAR(27) NOT NULL, 
	payload TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "problem" VALUES(1,'trials','Bookshop','','2026-11-16T09:00:00.000000Z','{"place":{"tab":"2월","row":5,"col":"B"},"code":"impossible_date","value":"2/30"}');
CREATE TABLE repair (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	kept VARCHAR NOT NULL, 
	absorbed VARCHAR NOT NULL, 
	at VARCHAR(27) NOT NULL, 
	version INTEGER NOT NULL, 
	undone VARCHAR(27), 
	PRIMARY KEY (id)
);
CREATE TABLE report (
	"key" VARCHAR NOT NULL, 
	team VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	period VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	created_at VARCHAR(27) NOT NULL, 
	subject TEXT NOT NULL, 
	facts TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE run (
	id VARCHAR NOT NULL, 
	command TEXT NOT NULL, 
	started VARCHAR(27) NOT NULL, 
	ended VARCHAR(27), 
	ok BOOLEAN, 
	error TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "run" VALUES('20261116T090000-a32308','sync','2026-11-16T09:00:00.000000Z','2026-11-16T09:00:00.000000Z',1,'');
CREATE TABLE search_document (
	doc INTEGER NOT NULL, 
	note_seq INTEGER NOT NULL, 
	PRIMARY KEY (doc)
);
CREATE TABLE search_queue (
	note_seq INTEGER NOT NULL, 
	PRIMARY KEY (note_seq)
);
INSERT INTO "search_queue" VALUES(1);
INSERT INTO "search_queue" VALUES(2);
INSERT INTO "search_queue" VALUES(3);
CREATE TABLE source (
	name VARCHAR NOT NULL, 
	team VARCHAR NOT NULL, 
	state TEXT NOT NULL, 
	generation INTEGER NOT NULL, 
	first_success VARCHAR(27), 
	last_attempt VARCHAR(27), 
	last_success VARCHAR(27), 
	last_change VARCHAR(27), 
	error TEXT NOT NULL, 
	hint TEXT NOT NULL, 
	failures INTEGER NOT NULL, 
	rows_read INTEGER NOT NULL, 
	rows_used INTEGER NOT NULL, 
	problems INTEGER NOT NULL, 
	requests INTEGER NOT NULL, 
	skipped TEXT NOT NULL, 
	readings TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "source" VALUES('trials','Bookshop','{"etag":"abc"}',2,'2026-11-16T09:00:00.000000Z','2026-11-23T09:00:00.000000Z','2026-11-23T09:00:00.000000Z','2026-11-23T09:00:00.000000Z','','',0,2,2,1,0,'{}','[]');
CREATE INDEX run_by_start ON run (started);
CREATE INDEX note_by_source ON note (source, gone);
CREATE INDEX note_by_burial ON note (team, gone) WHERE gone IS NOT NULL;
CREATE UNIQUE INDEX note_by_id ON note (id);
CREATE INDEX note_by_touch ON note (team, touched_last, touched_first);
CREATE INDEX problem_by_source ON problem (source, page_id);
CREATE UNIQUE INDEX search_document_by_note ON search_document (note_seq);
CREATE INDEX report_by_period ON report (team, period, kind);
CREATE INDEX note_version_by_time ON note_version (at);
CREATE INDEX message_by_report ON message (report_key);
CREATE INDEX delivery_by_state ON delivery (state);
PRAGMA writable_schema=OFF;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('note',3);
COMMIT;
