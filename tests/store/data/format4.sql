PRAGMA application_id = 1397771860;
PRAGMA user_version = 4;
BEGIN TRANSACTION;
CREATE TABLE activity (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, per_week INTEGER NOT NULL, day VARCHAR NOT NULL, region VARCHAR, tempo VARCHAR, rest INTEGER, cleared INTEGER NOT NULL, note VARCHAR, CONSTRAINT cleared_0_or_1 CHECK (cleared IN (0, 1)));
CREATE TABLE block (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, base INTEGER NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, name VARCHAR NOT NULL, treatment_id INTEGER, CONSTRAINT base_0_to_10 CHECK (base BETWEEN 0 AND 10), FOREIGN KEY (treatment_id) REFERENCES treatment (id));
INSERT INTO "block" VALUES(1,'b40e901c-e9a7-4442-ab99-c6247fec4629',1,14,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00',7,'2026-03-02T01:15:30+00:00',-300,'2026-03-01','left L4',NULL);
CREATE TABLE block_reading (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, block_id INTEGER NOT NULL, pain INTEGER NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, doing VARCHAR NOT NULL, provoked INTEGER NOT NULL, stated INTEGER, confound VARCHAR NOT NULL, CONSTRAINT pain_0_to_10 CHECK (pain BETWEEN 0 AND 10), CONSTRAINT provoked_0_or_1 CHECK (provoked IN (0, 1)), CONSTRAINT stated_0_to_100 CHECK (stated BETWEEN 0 AND 100), FOREIGN KEY (block_id) REFERENCES block (id));
CREATE TABLE change (id INTEGER NOT NULL PRIMARY KEY, step INTEGER NOT NULL, tbl VARCHAR NOT NULL, row_id INTEGER NOT NULL, op VARCHAR NOT NULL, before VARCHAR, FOREIGN KEY (step) REFERENCES step (id));
INSERT INTO "change" VALUES(1,1,'goal',1,'add',NULL);
INSERT INTO "change" VALUES(2,2,'goal',1,'remove','{"id":"1","uuid":"''773c0c14-64f4-4c3d-94d0-cb84e350f8f0''","revision":"1","seq":"1","created":"''2026-03-02T01:15:30+00:00''","updated":"''2026-03-02T01:15:30+00:00''","title":"''sit through a film''","metric":"''sit''","target":"60.0","due":"''2026-05-24''","at":"''2026-03-02T01:15:30+00:00''","utc_offset":"-300","day":"''2026-03-01''","baseline":"20.0","why":"''my daughter''","importance":"3","difficulty":"1","confidence":"8","supporter":"''my sister''","review_days":"14","status":"''closed''","closed_on":"''2026-03-01''","levels":"''[\"a\",\"b\",\"c\",\"d\",\"e\"]''"}');
INSERT INTO "change" VALUES(3,3,'waiting',1,'add',NULL);
INSERT INTO "change" VALUES(4,4,'entry',1,'add',NULL);
INSERT INTO "change" VALUES(5,4,'observation',1,'add',NULL);
INSERT INTO "change" VALUES(6,4,'observation',2,'add',NULL);
INSERT INTO "change" VALUES(7,4,'observation',3,'add',NULL);
INSERT INTO "change" VALUES(8,4,'observation',4,'add',NULL);
INSERT INTO "change" VALUES(9,5,'quota',1,'add',NULL);
INSERT INTO "change" VALUES(10,6,'session',1,'add',NULL);
INSERT INTO "change" VALUES(11,8,'goal',2,'add',NULL);
INSERT INTO "change" VALUES(12,9,'milestone',1,'add',NULL);
INSERT INTO "change" VALUES(13,10,'goal_rating',1,'add',NULL);
INSERT INTO "change" VALUES(14,11,'score',1,'add',NULL);
INSERT INTO "change" VALUES(15,12,'person',1,'add',NULL);
INSERT INTO "change" VALUES(16,13,'side_effect',1,'add',NULL);
INSERT INTO "change" VALUES(17,14,'block',1,'add',NULL);
INSERT INTO "change" VALUES(18,15,'visit',1,'add',NULL);
INSERT INTO "change" VALUES(19,18,'treatment',1,'add',NULL);
INSERT INTO "change" VALUES(20,19,'medicine',1,'add',NULL);
INSERT INTO "change" VALUES(21,20,'decision',1,'add',NULL);
CREATE TABLE decision (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, "key" VARCHAR NOT NULL, rule VARCHAR NOT NULL, choice VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, amounts VARCHAR NOT NULL, text VARCHAR NOT NULL, facts VARCHAR NOT NULL);
INSERT INTO "decision" VALUES(1,'6f9a83db-c33d-494c-990e-b28043b8ad68',1,20,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','PR-1-sit','PR-1','follow','2026-03-02T01:15:30+00:00',-300,'2026-03-01','[["sit",27.5],["walk",3]]','t','{}');
CREATE TABLE draft (id INTEGER NOT NULL PRIMARY KEY, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, answers VARCHAR NOT NULL);
CREATE TABLE entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL, recorded_offset INTEGER NOT NULL, note VARCHAR, flare INTEGER, source VARCHAR NOT NULL, CONSTRAINT flare_0_or_1 CHECK (flare IN (0, 1)));
INSERT INTO "entry" VALUES(1,'c382a270-e50d-4479-ad64-28dda8344408',1,4,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00',-300,'2026-03-01','2026-03-02T04:15:30.000007+00:00',-300,'a ''long'' drive
and a über 😀',0,'check-in');
CREATE TABLE flare_mark (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, kind VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, triggers VARCHAR, helped VARCHAR);
CREATE TABLE goal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, title VARCHAR NOT NULL, metric VARCHAR NOT NULL, target FLOAT NOT NULL, due VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, baseline FLOAT, why VARCHAR NOT NULL, importance INTEGER NOT NULL, difficulty INTEGER NOT NULL, confidence INTEGER, supporter VARCHAR NOT NULL, review_days INTEGER NOT NULL, status VARCHAR NOT NULL, closed_on VARCHAR, levels VARCHAR NOT NULL, CONSTRAINT importance_1_to_3 CHECK (importance BETWEEN 1 AND 3), CONSTRAINT difficulty_1_to_3 CHECK (difficulty BETWEEN 1 AND 3), CONSTRAINT confidence_0_to_10 CHECK (confidence BETWEEN 0 AND 10));
INSERT INTO "goal" VALUES(2,'86455732-a91d-406c-a877-b71521159625',1,8,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','sit through a film','sit',60.0,'2026-05-24','2026-03-02T01:15:30+00:00',-300,'2026-03-01',20.0,'my daughter',3,1,8,'my sister',14,'closed','2026-03-01','["a","b","c","d","e"]');
CREATE TABLE goal_rating (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, goal_id INTEGER NOT NULL, level INTEGER NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, CONSTRAINT level_is_known CHECK (level BETWEEN -2 AND 2), FOREIGN KEY (goal_id) REFERENCES goal (id));
INSERT INTO "goal_rating" VALUES(1,'fa2ef840-c7b1-4dc6-9b38-984ebf3fc2d8',1,10,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00',2,-1,'2026-03-02T01:15:30+00:00',-300,'2026-03-01');
CREATE TABLE handover (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, kind VARCHAR NOT NULL, format VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, since VARCHAR, until VARCHAR, without VARCHAR NOT NULL, redacted INTEGER NOT NULL, CONSTRAINT redacted_0_or_1 CHECK (redacted IN (0, 1)));
INSERT INTO "handover" VALUES(1,'b786f7bc-b62a-4f7b-8c30-e7513025f0aa',1,16,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','report','html','2026-03-02T01:15:30+00:00',-300,'2026-03-01','2026-03-01','2026-03-01','["notes","meds"]',1);
CREATE TABLE import_run (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, source VARCHAR NOT NULL, kind VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL);
INSERT INTO "import_run" VALUES(1,'08b1184e-8a77-4a66-8ab4-9355f8dde4a5',1,17,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','mine.ndjson','bundle','0000000000000000000000000000000000000000000000000000000000000000',4,2,'2026-03-02T01:15:30+00:00',-300,'2026-03-01');
CREATE TABLE intake (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, medicine_id INTEGER NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL, recorded_offset INTEGER NOT NULL, times FLOAT NOT NULL, time_known INTEGER NOT NULL, on_purpose VARCHAR, note VARCHAR, CONSTRAINT time_known_0_or_1 CHECK (time_known IN (0, 1)), FOREIGN KEY (medicine_id) REFERENCES medicine (id));
CREATE TABLE medicine (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, name VARCHAR NOT NULL, since VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, until VARCHAR, dose VARCHAR NOT NULL, milligrams FLOAT, "group" VARCHAR NOT NULL, contains VARCHAR NOT NULL, bought INTEGER, tags VARCHAR NOT NULL, reason VARCHAR NOT NULL, person_id INTEGER, note VARCHAR, CONSTRAINT bought_0_or_1 CHECK (bought IN (0, 1)), FOREIGN KEY (person_id) REFERENCES person (id));
INSERT INTO "medicine" VALUES(1,'e2592102-84f7-4ea1-8065-ad7215bbc3e5',1,19,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','co-codamol','2026-03-01','2026-03-02T01:15:30+00:00',-300,'2026-03-01','2026-03-01','2 tablets',1000.0,'opioid','[["paracetamol",500.0],["codeine",8.5]]',0,'["sedating","constipating"]','flares',NULL,'a, b');
CREATE TABLE meta ("key" VARCHAR NOT NULL PRIMARY KEY, value VARCHAR NOT NULL);
INSERT INTO "meta" VALUES('patient','1230db6e-d9da-48c5-bf2d-9c1550898617');
INSERT INTO "meta" VALUES('device','fed68c77-6092-48f2-a608-43a817b27056');
CREATE TABLE metric_def (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, "key" VARCHAR NOT NULL, label VARCHAR NOT NULL, unit VARCHAR NOT NULL, better VARCHAR, low FLOAT NOT NULL, high FLOAT NOT NULL);
CREATE TABLE milestone (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, goal_id INTEGER NOT NULL, value FLOAT NOT NULL, due VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, reached_on VARCHAR, FOREIGN KEY (goal_id) REFERENCES goal (id));
INSERT INTO "milestone" VALUES(1,'3e96db26-cefc-414f-816b-0ec4c7511903',1,9,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00',2,40.0,'2026-04-12','2026-03-02T01:15:30+00:00',-300,'2026-03-01',NULL);
CREATE TABLE observation (id INTEGER NOT NULL PRIMARY KEY, entry_id INTEGER NOT NULL, metric VARCHAR NOT NULL, value FLOAT NOT NULL, site VARCHAR, at_least INTEGER NOT NULL, stop VARCHAR, qualities VARCHAR NOT NULL, carried INTEGER NOT NULL, CONSTRAINT at_least_0_or_1 CHECK (at_least IN (0, 1)), CONSTRAINT carried_0_or_1 CHECK (carried IN (0, 1)), FOREIGN KEY (entry_id) REFERENCES entry (id));
INSERT INTO "observation" VALUES(1,1,'pain',4.0,NULL,0,NULL,'[]',0);
INSERT INTO "observation" VALUES(2,1,'sit',35.0,NULL,1,'task','[]',0);
INSERT INTO "observation" VALUES(3,1,'site',5.5,'low-back',0,NULL,'["numb","it''s"]',0);
INSERT INTO "observation" VALUES(4,1,'mood',3.00000000000000044408e-01,NULL,0,NULL,'[]',1);
CREATE TABLE outcome (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, screen_id INTEGER NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, kind VARCHAR NOT NULL, text VARCHAR NOT NULL, "by" VARCHAR, item VARCHAR, FOREIGN KEY (screen_id) REFERENCES screen (id));
CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, name VARCHAR NOT NULL, role VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, note VARCHAR);
INSERT INTO "person" VALUES(1,'c2c37062-f92b-46f6-a993-d3190b68ab64',1,12,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','Dana','physiotherapist','2026-03-02T01:15:30+00:00',-300,'2026-03-01','Tuesdays');
CREATE TABLE playbook (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, text VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL);
CREATE TABLE profile (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, "key" VARCHAR NOT NULL, value VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL);
CREATE TABLE question (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, text VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL);
CREATE TABLE quota (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, activity VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, amount FLOAT NOT NULL, set_by VARCHAR NOT NULL, rule VARCHAR, reason VARCHAR NOT NULL, up_to FLOAT, per_week INTEGER NOT NULL, sets INTEGER, reps INTEGER, hold INTEGER, load FLOAT);
INSERT INTO "quota" VALUES(1,'f02c28c4-fcac-4873-8b01-dfca9c9c7146',1,5,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','sit','2026-03-02T01:15:30+00:00',-300,'2026-03-01',24.2,'physio','PR-1','kept',40.0,5,NULL,NULL,NULL,NULL);
CREATE TABLE rescreen (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, reason VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, items VARCHAR NOT NULL);
CREATE TABLE score (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, instrument VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, items VARCHAR NOT NULL, total FLOAT NOT NULL, version VARCHAR NOT NULL, labels VARCHAR NOT NULL);
INSERT INTO "score" VALUES(1,'d4e3de88-6ea7-4904-9c66-73280f414448',1,11,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','odi','2026-03-02T01:15:30+00:00',-300,'2026-03-01','[2,null,0,-1]',31.25,'2.1a','["my garden","a, b"]');
CREATE TABLE screen (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, tier INTEGER, CONSTRAINT tier_1_to_4 CHECK (tier BETWEEN 1 AND 4));
INSERT INTO "screen" VALUES(1,'dc797d61-d985-4d1b-af9a-a755827ed457',1,7,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00',-300,'2026-03-01',1);
CREATE TABLE screen_answer (id INTEGER NOT NULL PRIMARY KEY, screen_id INTEGER NOT NULL, item VARCHAR NOT NULL, answer VARCHAR NOT NULL, sign VARCHAR NOT NULL, CONSTRAINT answer_is_known CHECK (answer IN ('yes', 'no', 'unsure')), FOREIGN KEY (screen_id) REFERENCES screen (id));
INSERT INTO "screen_answer" VALUES(1,1,'CE1','yes','+');
INSERT INTO "screen_answer" VALUES(2,1,'CE2','unsure','');
CREATE TABLE session (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, activity VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL, recorded_offset INTEGER NOT NULL, dose FLOAT NOT NULL, effort INTEGER, pain INTEGER, settled INTEGER, stop VARCHAR, spread INTEGER NOT NULL, minimum INTEGER NOT NULL, sets INTEGER, reps INTEGER, hold INTEGER, load FLOAT, note VARCHAR, source VARCHAR NOT NULL, CONSTRAINT effort_0_to_10 CHECK (effort BETWEEN 0 AND 10), CONSTRAINT pain_0_to_10 CHECK (pain BETWEEN 0 AND 10), CONSTRAINT settled_0_or_1 CHECK (settled IN (0, 1)), CONSTRAINT spread_0_or_1 CHECK (spread IN (0, 1)), CONSTRAINT minimum_0_or_1 CHECK (minimum IN (0, 1)));
INSERT INTO "session" VALUES(1,'748a51f8-e43b-4373-b266-886bd645b403',1,6,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','sit','2026-03-02T01:15:30+00:00',-300,'2026-03-01','2026-03-02T01:15:30+00:00',-300,25.0,4,3,1,'leg',1,1,1,2,3,4.5,'x','done');
CREATE TABLE setting (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, "key" VARCHAR NOT NULL, value VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL);
CREATE TABLE side_effect (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, text VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, medicine_id INTEGER, treatment_id INTEGER, FOREIGN KEY (medicine_id) REFERENCES medicine (id), FOREIGN KEY (treatment_id) REFERENCES treatment (id));
INSERT INTO "side_effect" VALUES(1,'42ccc268-c3c0-429c-a4c6-87b5b0d7308b',1,13,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','sick','2026-03-02T01:15:30+00:00',-300,'2026-03-01',NULL,NULL);
CREATE TABLE skip (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, activity VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, why VARCHAR NOT NULL);
CREATE TABLE step (id INTEGER NOT NULL PRIMARY KEY, at VARCHAR NOT NULL, command VARCHAR NOT NULL, state VARCHAR NOT NULL, undoes INTEGER, CONSTRAINT state_is_known CHECK (state IN ('live', 'undone', 'dead')), FOREIGN KEY (undoes) REFERENCES step (id));
INSERT INTO "step" VALUES(1,'2026-03-02T01:15:30+00:00','add','live',NULL);
INSERT INTO "step" VALUES(2,'2026-03-02T01:15:30+00:00','delete','live',NULL);
INSERT INTO "step" VALUES(3,'2026-03-02T01:15:30+00:00','import other','live',NULL);
INSERT INTO "step" VALUES(4,'2026-03-02T01:15:30+00:00','add Entry','live',NULL);
INSERT INTO "step" VALUES(5,'2026-03-02T01:15:30+00:00','add Quota','live',NULL);
INSERT INTO "step" VALUES(6,'2026-03-02T01:15:30+00:00','add Session','live',NULL);
INSERT INTO "step" VALUES(7,'2026-03-02T01:15:30+00:00','add Screen','live',NULL);
INSERT INTO "step" VALUES(8,'2026-03-02T01:15:30+00:00','add Goal','live',NULL);
INSERT INTO "step" VALUES(9,'2026-03-02T01:15:30+00:00','add Milestone','live',NULL);
INSERT INTO "step" VALUES(10,'2026-03-02T01:15:30+00:00','add GoalRating','live',NULL);
INSERT INTO "step" VALUES(11,'2026-03-02T01:15:30+00:00','add Score','live',NULL);
INSERT INTO "step" VALUES(12,'2026-03-02T01:15:30+00:00','add Person','live',NULL);
INSERT INTO "step" VALUES(13,'2026-03-02T01:15:30+00:00','add SideEffect','live',NULL);
INSERT INTO "step" VALUES(14,'2026-03-02T01:15:30+00:00','add Block','live',NULL);
INSERT INTO "step" VALUES(15,'2026-03-02T01:15:30+00:00','add Visit','live',NULL);
INSERT INTO "step" VALUES(16,'2026-03-02T01:15:30+00:00','add Handover','live',NULL);
INSERT INTO "step" VALUES(17,'2026-03-02T01:15:30+00:00','add ImportRun','live',NULL);
INSERT INTO "step" VALUES(18,'2026-03-02T01:15:30+00:00','add Treatment','live',NULL);
INSERT INTO "step" VALUES(19,'2026-03-02T01:15:30+00:00','add Medicine','live',NULL);
INSERT INTO "step" VALUES(20,'2026-03-02T01:15:30+00:00','add Decision','live',NULL);
CREATE TABLE timer (id INTEGER NOT NULL PRIMARY KEY, metric VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL);
CREATE TABLE tombstone (uuid VARCHAR NOT NULL PRIMARY KEY, kind VARCHAR NOT NULL, revision INTEGER NOT NULL, at VARCHAR NOT NULL, cause VARCHAR);
INSERT INTO "tombstone" VALUES('773c0c14-64f4-4c3d-94d0-cb84e350f8f0','goal',2,'2026-03-02T01:15:30+00:00',NULL);
CREATE TABLE treatment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, kind VARCHAR NOT NULL, name VARCHAR NOT NULL, start VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, "end" VARCHAR, planned INTEGER, dose VARCHAR NOT NULL, person_id INTEGER, active INTEGER, agreed INTEGER NOT NULL, region VARCHAR NOT NULL, result VARCHAR NOT NULL, stopped VARCHAR NOT NULL, note VARCHAR, CONSTRAINT active_0_or_1 CHECK (active IN (0, 1)), CONSTRAINT agreed_0_or_1 CHECK (agreed IN (0, 1)), FOREIGN KEY (person_id) REFERENCES person (id));
INSERT INTO "treatment" VALUES(1,'8199ecd0-8254-4b98-b816-a00836c0b530',1,18,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','epidural','injection','2026-02-20','2026-03-02T01:15:30+00:00',-300,'2026-03-01','2026-03-01',6,'2 x a week',NULL,0,1,'low-back','narrow at L5','moved','a note');
CREATE TABLE treatment_session (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, treatment_id INTEGER NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, dose VARCHAR NOT NULL, note VARCHAR, FOREIGN KEY (treatment_id) REFERENCES treatment (id));
CREATE TABLE visit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, name VARCHAR NOT NULL, "on" VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, person_id INTEGER, note VARCHAR, FOREIGN KEY (person_id) REFERENCES person (id));
INSERT INTO "visit" VALUES(1,'2ff80576-fb43-4fae-9c9d-731a71e8c5c8',1,15,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','physio','2026-03-01','2026-03-02T01:15:30+00:00',-300,'2026-03-01',NULL,'bring the report');
CREATE TABLE waiting (id INTEGER NOT NULL PRIMARY KEY, uuid VARCHAR NOT NULL UNIQUE, body VARCHAR NOT NULL);
INSERT INTO "waiting" VALUES(1,'ca8a2f4a-a1f7-4357-99c3-76d66944edbc','{"created":"2026-03-02T01:15:30+00:00","data":{"at":"2026-03-01T20:15:30-05:00","day":"2026-03-01","due":"2026-03-01","goal_id":"773c0c14-64f4-4c3d-94d0-cb84e350f8f0","value":40},"kind":"milestone","revision":1,"updated":"2026-03-02T01:15:30+00:00","uuid":"ca8a2f4a-a1f7-4357-99c3-76d66944edbc","write":1}');
CREATE INDEX ix_entry_day ON entry (day, at);
CREATE INDEX ix_session_day ON session (day);
CREATE INDEX ix_skip_day ON skip (day);
CREATE INDEX ix_flare_mark_day ON flare_mark (day);
CREATE INDEX ix_screen_day ON screen (day);
CREATE INDEX ix_rescreen_day ON rescreen (day);
CREATE INDEX ix_decision_day ON decision (day);
CREATE INDEX ix_observation_entry_id ON observation (entry_id);
CREATE INDEX ix_screen_answer_screen_id ON screen_answer (screen_id);
CREATE INDEX ix_outcome_screen_id ON outcome (screen_id);
CREATE INDEX ix_screen_tier ON screen (tier);
CREATE INDEX ix_change_step ON change (step);
CREATE INDEX ix_step_undone ON step (id) WHERE state = 'undone';
CREATE INDEX ix_step_undoes ON step (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER flare_mark_added AFTER INSERT ON flare_mark BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'flare_mark', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER flare_mark_changed AFTER UPDATE ON flare_mark BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'flare_mark', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'kind', quote(OLD."kind"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'triggers', quote(OLD."triggers"), 'helped', quote(OLD."helped"))); END;
CREATE TRIGGER flare_mark_removed AFTER DELETE ON flare_mark BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'flare_mark', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'kind', quote(OLD."kind"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'triggers', quote(OLD."triggers"), 'helped', quote(OLD."helped"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'flare_mark', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER question_added AFTER INSERT ON question BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'question', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER question_changed AFTER UPDATE ON question BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'question', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'text', quote(OLD."text"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); END;
CREATE TRIGGER question_removed AFTER DELETE ON question BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'question', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'text', quote(OLD."text"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'question', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER quota_added AFTER INSERT ON quota BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'quota', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER quota_changed AFTER UPDATE ON quota BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'quota', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'amount', quote(OLD."amount"), 'set_by', quote(OLD."set_by"), 'rule', quote(OLD."rule"), 'reason', quote(OLD."reason"), 'up_to', quote(OLD."up_to"), 'per_week', quote(OLD."per_week"), 'sets', quote(OLD."sets"), 'reps', quote(OLD."reps"), 'hold', quote(OLD."hold"), 'load', quote(OLD."load"))); END;
CREATE TRIGGER quota_removed AFTER DELETE ON quota BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'quota', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'amount', quote(OLD."amount"), 'set_by', quote(OLD."set_by"), 'rule', quote(OLD."rule"), 'reason', quote(OLD."reason"), 'up_to', quote(OLD."up_to"), 'per_week', quote(OLD."per_week"), 'sets', quote(OLD."sets"), 'reps', quote(OLD."reps"), 'hold', quote(OLD."hold"), 'load', quote(OLD."load"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'quota', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER session_added AFTER INSERT ON session BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'session', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER session_changed AFTER UPDATE ON session BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'session', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'recorded_at', quote(OLD."recorded_at"), 'recorded_offset', quote(OLD."recorded_offset"), 'dose', quote(OLD."dose"), 'effort', quote(OLD."effort"), 'pain', quote(OLD."pain"), 'settled', quote(OLD."settled"), 'stop', quote(OLD."stop"), 'spread', quote(OLD."spread"), 'minimum', quote(OLD."minimum"), 'sets', quote(OLD."sets"), 'reps', quote(OLD."reps"), 'hold', quote(OLD."hold"), 'load', quote(OLD."load"), 'note', quote(OLD."note"), 'source', quote(OLD."source"))); END;
CREATE TRIGGER session_removed AFTER DELETE ON session BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'session', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'recorded_at', quote(OLD."recorded_at"), 'recorded_offset', quote(OLD."recorded_offset"), 'dose', quote(OLD."dose"), 'effort', quote(OLD."effort"), 'pain', quote(OLD."pain"), 'settled', quote(OLD."settled"), 'stop', quote(OLD."stop"), 'spread', quote(OLD."spread"), 'minimum', quote(OLD."minimum"), 'sets', quote(OLD."sets"), 'reps', quote(OLD."reps"), 'hold', quote(OLD."hold"), 'load', quote(OLD."load"), 'note', quote(OLD."note"), 'source', quote(OLD."source"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'session', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER skip_added AFTER INSERT ON skip BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'skip', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER skip_changed AFTER UPDATE ON skip BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'skip', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'why', quote(OLD."why"))); END;
CREATE TRIGGER skip_removed AFTER DELETE ON skip BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'skip', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'why', quote(OLD."why"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'skip', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER setting_added AFTER INSERT ON setting BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'setting', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER setting_changed AFTER UPDATE ON setting BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'setting', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'value', quote(OLD."value"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); END;
CREATE TRIGGER setting_removed AFTER DELETE ON setting BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'setting', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'value', quote(OLD."value"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'setting', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER metric_def_added AFTER INSERT ON metric_def BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'metric_def', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER metric_def_changed AFTER UPDATE ON metric_def BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'metric_def', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'label', quote(OLD."label"), 'unit', quote(OLD."unit"), 'better', quote(OLD."better"), 'low', quote(OLD."low"), 'high', quote(OLD."high"))); END;
CREATE TRIGGER metric_def_removed AFTER DELETE ON metric_def BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'metric_def', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'label', quote(OLD."label"), 'unit', quote(OLD."unit"), 'better', quote(OLD."better"), 'low', quote(OLD."low"), 'high', quote(OLD."high"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'metric_def', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'entry', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER entry_changed AFTER UPDATE ON entry BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'entry', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'recorded_at', quote(OLD."recorded_at"), 'recorded_offset', quote(OLD."recorded_offset"), 'note', quote(OLD."note"), 'flare', quote(OLD."flare"), 'source', quote(OLD."source"))); END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'entry', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'recorded_at', quote(OLD."recorded_at"), 'recorded_offset', quote(OLD."recorded_offset"), 'note', quote(OLD."note"), 'flare', quote(OLD."flare"), 'source', quote(OLD."source"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'entry', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER playbook_added AFTER INSERT ON playbook BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'playbook', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER playbook_changed AFTER UPDATE ON playbook BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'playbook', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'text', quote(OLD."text"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); END;
CREATE TRIGGER playbook_removed AFTER DELETE ON playbook BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'playbook', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'text', quote(OLD."text"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'playbook', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER activity_added AFTER INSERT ON activity BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'activity', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER activity_changed AFTER UPDATE ON activity BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'activity', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'name', quote(OLD."name"), 'kind', quote(OLD."kind"), 'per_week', quote(OLD."per_week"), 'day', quote(OLD."day"), 'region', quote(OLD."region"), 'tempo', quote(OLD."tempo"), 'rest', quote(OLD."rest"), 'cleared', quote(OLD."cleared"), 'note', quote(OLD."note"))); END;
CREATE TRIGGER activity_removed AFTER DELETE ON activity BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'activity', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'name', quote(OLD."name"), 'kind', quote(OLD."kind"), 'per_week', quote(OLD."per_week"), 'day', quote(OLD."day"), 'region', quote(OLD."region"), 'tempo', quote(OLD."tempo"), 'rest', quote(OLD."rest"), 'cleared', quote(OLD."cleared"), 'note', quote(OLD."note"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'activity', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER profile_added AFTER INSERT ON profile BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'profile', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER profile_changed AFTER UPDATE ON profile BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'profile', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'value', quote(OLD."value"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); END;
CREATE TRIGGER profile_removed AFTER DELETE ON profile BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'profile', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'value', quote(OLD."value"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'profile', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER decision_added AFTER INSERT ON decision BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'decision', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER decision_changed AFTER UPDATE ON decision BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'decision', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'rule', quote(OLD."rule"), 'choice', quote(OLD."choice"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'amounts', quote(OLD."amounts"), 'text', quote(OLD."text"), 'facts', quote(OLD."facts"))); END;
CREATE TRIGGER decision_removed AFTER DELETE ON decision BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'decision', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'rule', quote(OLD."rule"), 'choice', quote(OLD."choice"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'amounts', quote(OLD."amounts"), 'text', quote(OLD."text"), 'facts', quote(OLD."facts"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'decision', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER observation_added AFTER INSERT ON observation BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'observation', NEW.id, 'add', NULL);  END;
CREATE TRIGGER observation_changed AFTER UPDATE ON observation BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'observation', OLD.id, 'change', json_object('id', quote(OLD."id"), 'entry_id', quote(OLD."entry_id"), 'metric', quote(OLD."metric"), 'value', quote(OLD."value"), 'site', quote(OLD."site"), 'at_least', quote(OLD."at_least"), 'stop', quote(OLD."stop"), 'qualities', quote(OLD."qualities"), 'carried', quote(OLD."carried"))); END;
CREATE TRIGGER observation_removed AFTER DELETE ON observation BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'observation', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'entry_id', quote(OLD."entry_id"), 'metric', quote(OLD."metric"), 'value', quote(OLD."value"), 'site', quote(OLD."site"), 'at_least', quote(OLD."at_least"), 'stop', quote(OLD."stop"), 'qualities', quote(OLD."qualities"), 'carried', quote(OLD."carried")));  END;
CREATE TRIGGER screen_unchanged BEFORE UPDATE ON screen BEGIN SELECT RAISE(ABORT, 'screen is only ever added to'); END;
CREATE TRIGGER screen_kept BEFORE DELETE ON screen BEGIN SELECT RAISE(ABORT, 'screen is only ever added to'); END;
CREATE TRIGGER screen_answer_unchanged BEFORE UPDATE ON screen_answer BEGIN SELECT RAISE(ABORT, 'screen_answer is only ever added to'); END;
CREATE TRIGGER screen_answer_kept BEFORE DELETE ON screen_answer BEGIN SELECT RAISE(ABORT, 'screen_answer is only ever added to'); END;
CREATE TRIGGER outcome_unchanged BEFORE UPDATE ON outcome BEGIN SELECT RAISE(ABORT, 'outcome is only ever added to'); END;
CREATE TRIGGER outcome_kept BEFORE DELETE ON outcome BEGIN SELECT RAISE(ABORT, 'outcome is only ever added to'); END;
CREATE TRIGGER rescreen_unchanged BEFORE UPDATE ON rescreen BEGIN SELECT RAISE(ABORT, 'rescreen is only ever added to'); END;
CREATE TRIGGER rescreen_kept BEFORE DELETE ON rescreen BEGIN SELECT RAISE(ABORT, 'rescreen is only ever added to'); END;
CREATE TRIGGER goal_added AFTER INSERT ON goal BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'goal', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER goal_changed AFTER UPDATE ON goal BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'goal', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'title', quote(OLD."title"), 'metric', quote(OLD."metric"), 'target', quote(OLD."target"), 'due', quote(OLD."due"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'baseline', quote(OLD."baseline"), 'why', quote(OLD."why"), 'importance', quote(OLD."importance"), 'difficulty', quote(OLD."difficulty"), 'confidence', quote(OLD."confidence"), 'supporter', quote(OLD."supporter"), 'review_days', quote(OLD."review_days"), 'status', quote(OLD."status"), 'closed_on', quote(OLD."closed_on"), 'levels', quote(OLD."levels"))); END;
CREATE TRIGGER goal_removed AFTER DELETE ON goal BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'goal', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'title', quote(OLD."title"), 'metric', quote(OLD."metric"), 'target', quote(OLD."target"), 'due', quote(OLD."due"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'baseline', quote(OLD."baseline"), 'why', quote(OLD."why"), 'importance', quote(OLD."importance"), 'difficulty', quote(OLD."difficulty"), 'confidence', quote(OLD."confidence"), 'supporter', quote(OLD."supporter"), 'review_days', quote(OLD."review_days"), 'status', quote(OLD."status"), 'closed_on', quote(OLD."closed_on"), 'levels', quote(OLD."levels"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'goal', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER milestone_added AFTER INSERT ON milestone BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'milestone', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER milestone_changed AFTER UPDATE ON milestone BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'milestone', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'goal_id', quote(OLD."goal_id"), 'value', quote(OLD."value"), 'due', quote(OLD."due"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'reached_on', quote(OLD."reached_on"))); END;
CREATE TRIGGER milestone_removed AFTER DELETE ON milestone BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'milestone', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'goal_id', quote(OLD."goal_id"), 'value', quote(OLD."value"), 'due', quote(OLD."due"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'reached_on', quote(OLD."reached_on"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'milestone', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER goal_rating_added AFTER INSERT ON goal_rating BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'goal_rating', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER goal_rating_changed AFTER UPDATE ON goal_rating BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'goal_rating', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'goal_id', quote(OLD."goal_id"), 'level', quote(OLD."level"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); END;
CREATE TRIGGER goal_rating_removed AFTER DELETE ON goal_rating BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'goal_rating', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'goal_id', quote(OLD."goal_id"), 'level', quote(OLD."level"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'goal_rating', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER score_added AFTER INSERT ON score BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'score', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER score_changed AFTER UPDATE ON score BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'score', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'instrument', quote(OLD."instrument"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'items', quote(OLD."items"), 'total', quote(OLD."total"), 'version', quote(OLD."version"), 'labels', quote(OLD."labels"))); END;
CREATE TRIGGER score_removed AFTER DELETE ON score BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'score', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'instrument', quote(OLD."instrument"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'items', quote(OLD."items"), 'total', quote(OLD."total"), 'version', quote(OLD."version"), 'labels', quote(OLD."labels"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'score', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE INDEX ix_milestone_goal_id ON milestone (goal_id);
CREATE INDEX ix_goal_rating_goal_id ON goal_rating (goal_id);
CREATE TRIGGER person_added AFTER INSERT ON person BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'person', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER person_changed AFTER UPDATE ON person BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'person', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'name', quote(OLD."name"), 'role', quote(OLD."role"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'note', quote(OLD."note"))); END;
CREATE TRIGGER person_removed AFTER DELETE ON person BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'person', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'name', quote(OLD."name"), 'role', quote(OLD."role"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'note', quote(OLD."note"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'person', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER treatment_added AFTER INSERT ON treatment BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'treatment', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER treatment_changed AFTER UPDATE ON treatment BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'treatment', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'kind', quote(OLD."kind"), 'name', quote(OLD."name"), 'start', quote(OLD."start"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'end', quote(OLD."end"), 'planned', quote(OLD."planned"), 'dose', quote(OLD."dose"), 'person_id', quote(OLD."person_id"), 'active', quote(OLD."active"), 'agreed', quote(OLD."agreed"), 'region', quote(OLD."region"), 'result', quote(OLD."result"), 'stopped', quote(OLD."stopped"), 'note', quote(OLD."note"))); END;
CREATE TRIGGER treatment_removed AFTER DELETE ON treatment BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'treatment', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'kind', quote(OLD."kind"), 'name', quote(OLD."name"), 'start', quote(OLD."start"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'end', quote(OLD."end"), 'planned', quote(OLD."planned"), 'dose', quote(OLD."dose"), 'person_id', quote(OLD."person_id"), 'active', quote(OLD."active"), 'agreed', quote(OLD."agreed"), 'region', quote(OLD."region"), 'result', quote(OLD."result"), 'stopped', quote(OLD."stopped"), 'note', quote(OLD."note"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'treatment', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER treatment_session_added AFTER INSERT ON treatment_session BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'treatment_session', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER treatment_session_changed AFTER UPDATE ON treatment_session BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'treatment_session', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'treatment_id', quote(OLD."treatment_id"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'dose', quote(OLD."dose"), 'note', quote(OLD."note"))); END;
CREATE TRIGGER treatment_session_removed AFTER DELETE ON treatment_session BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'treatment_session', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'treatment_id', quote(OLD."treatment_id"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'dose', quote(OLD."dose"), 'note', quote(OLD."note"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'treatment_session', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER medicine_added AFTER INSERT ON medicine BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'medicine', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER medicine_changed AFTER UPDATE ON medicine BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'medicine', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'name', quote(OLD."name"), 'since', quote(OLD."since"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'until', quote(OLD."until"), 'dose', quote(OLD."dose"), 'milligrams', quote(OLD."milligrams"), 'group', quote(OLD."group"), 'contains', quote(OLD."contains"), 'bought', quote(OLD."bought"), 'tags', quote(OLD."tags"), 'reason', quote(OLD."reason"), 'person_id', quote(OLD."person_id"), 'note', quote(OLD."note"))); END;
CREATE TRIGGER medicine_removed AFTER DELETE ON medicine BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'medicine', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'name', quote(OLD."name"), 'since', quote(OLD."since"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'until', quote(OLD."until"), 'dose', quote(OLD."dose"), 'milligrams', quote(OLD."milligrams"), 'group', quote(OLD."group"), 'contains', quote(OLD."contains"), 'bought', quote(OLD."bought"), 'tags', quote(OLD."tags"), 'reason', quote(OLD."reason"), 'person_id', quote(OLD."person_id"), 'note', quote(OLD."note"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'medicine', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER intake_added AFTER INSERT ON intake BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'intake', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER intake_changed AFTER UPDATE ON intake BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'intake', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'medicine_id', quote(OLD."medicine_id"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'recorded_at', quote(OLD."recorded_at"), 'recorded_offset', quote(OLD."recorded_offset"), 'times', quote(OLD."times"), 'time_known', quote(OLD."time_known"), 'on_purpose', quote(OLD."on_purpose"), 'note', quote(OLD."note"))); END;
CREATE TRIGGER intake_removed AFTER DELETE ON intake BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'intake', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'medicine_id', quote(OLD."medicine_id"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'recorded_at', quote(OLD."recorded_at"), 'recorded_offset', quote(OLD."recorded_offset"), 'times', quote(OLD."times"), 'time_known', quote(OLD."time_known"), 'on_purpose', quote(OLD."on_purpose"), 'note', quote(OLD."note"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'intake', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER side_effect_added AFTER INSERT ON side_effect BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'side_effect', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER side_effect_changed AFTER UPDATE ON side_effect BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'side_effect', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'text', quote(OLD."text"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'medicine_id', quote(OLD."medicine_id"), 'treatment_id', quote(OLD."treatment_id"))); END;
CREATE TRIGGER side_effect_removed AFTER DELETE ON side_effect BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'side_effect', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'text', quote(OLD."text"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'medicine_id', quote(OLD."medicine_id"), 'treatment_id', quote(OLD."treatment_id"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'side_effect', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER block_added AFTER INSERT ON block BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'block', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER block_changed AFTER UPDATE ON block BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'block', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'base', quote(OLD."base"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'name', quote(OLD."name"), 'treatment_id', quote(OLD."treatment_id"))); END;
CREATE TRIGGER block_removed AFTER DELETE ON block BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'block', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'base', quote(OLD."base"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'name', quote(OLD."name"), 'treatment_id', quote(OLD."treatment_id"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'block', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER block_reading_added AFTER INSERT ON block_reading BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'block_reading', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER block_reading_changed AFTER UPDATE ON block_reading BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'block_reading', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'block_id', quote(OLD."block_id"), 'pain', quote(OLD."pain"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'doing', quote(OLD."doing"), 'provoked', quote(OLD."provoked"), 'stated', quote(OLD."stated"), 'confound', quote(OLD."confound"))); END;
CREATE TRIGGER block_reading_removed AFTER DELETE ON block_reading BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'block_reading', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'block_id', quote(OLD."block_id"), 'pain', quote(OLD."pain"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'doing', quote(OLD."doing"), 'provoked', quote(OLD."provoked"), 'stated', quote(OLD."stated"), 'confound', quote(OLD."confound"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'block_reading', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER visit_added AFTER INSERT ON visit BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'visit', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER visit_changed AFTER UPDATE ON visit BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'visit', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'name', quote(OLD."name"), 'on', quote(OLD."on"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'person_id', quote(OLD."person_id"), 'note', quote(OLD."note"))); END;
CREATE TRIGGER visit_removed AFTER DELETE ON visit BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'visit', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'name', quote(OLD."name"), 'on', quote(OLD."on"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'person_id', quote(OLD."person_id"), 'note', quote(OLD."note"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'visit', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER handover_added AFTER INSERT ON handover BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'handover', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER handover_changed AFTER UPDATE ON handover BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'handover', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'kind', quote(OLD."kind"), 'format', quote(OLD."format"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'since', quote(OLD."since"), 'until', quote(OLD."until"), 'without', quote(OLD."without"), 'redacted', quote(OLD."redacted"))); END;
CREATE TRIGGER handover_removed AFTER DELETE ON handover BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'handover', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'kind', quote(OLD."kind"), 'format', quote(OLD."format"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'since', quote(OLD."since"), 'until', quote(OLD."until"), 'without', quote(OLD."without"), 'redacted', quote(OLD."redacted"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'handover', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER import_run_added AFTER INSERT ON import_run BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'import_run', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER import_run_changed AFTER UPDATE ON import_run BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'import_run', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'source', quote(OLD."source"), 'kind', quote(OLD."kind"), 'sha256', quote(OLD."sha256"), 'added', quote(OLD."added"), 'changed', quote(OLD."changed"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); END;
CREATE TRIGGER import_run_removed AFTER DELETE ON import_run BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'import_run', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'source', quote(OLD."source"), 'kind', quote(OLD."kind"), 'sha256', quote(OLD."sha256"), 'added', quote(OLD."added"), 'changed', quote(OLD."changed"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'import_run', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE INDEX ix_treatment_session_treatment_id ON treatment_session (treatment_id);
CREATE INDEX ix_intake_day ON intake (day);
CREATE INDEX ix_intake_medicine_id ON intake (medicine_id);
CREATE INDEX ix_side_effect_day ON side_effect (day);
CREATE INDEX ix_block_reading_block_id ON block_reading (block_id);
CREATE TRIGGER waiting_added AFTER INSERT ON waiting BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'waiting', NEW.id, 'add', NULL);  END;
CREATE TRIGGER waiting_changed AFTER UPDATE ON waiting BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'waiting', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'body', quote(OLD."body"))); END;
CREATE TRIGGER waiting_removed AFTER DELETE ON waiting BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'waiting', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'body', quote(OLD."body")));  END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('goal',2);
INSERT INTO "sqlite_sequence" VALUES('entry',1);
INSERT INTO "sqlite_sequence" VALUES('quota',1);
INSERT INTO "sqlite_sequence" VALUES('session',1);
INSERT INTO "sqlite_sequence" VALUES('screen',1);
INSERT INTO "sqlite_sequence" VALUES('milestone',1);
INSERT INTO "sqlite_sequence" VALUES('goal_rating',1);
INSERT INTO "sqlite_sequence" VALUES('score',1);
INSERT INTO "sqlite_sequence" VALUES('person',1);
INSERT INTO "sqlite_sequence" VALUES('side_effect',1);
INSERT INTO "sqlite_sequence" VALUES('block',1);
INSERT INTO "sqlite_sequence" VALUES('visit',1);
INSERT INTO "sqlite_sequence" VALUES('handover',1);
INSERT INTO "sqlite_sequence" VALUES('import_run',1);
INSERT INTO "sqlite_sequence" VALUES('treatment',1);
INSERT INTO "sqlite_sequence" VALUES('medicine',1);
INSERT INTO "sqlite_sequence" VALUES('decision',1);
COMMIT;
