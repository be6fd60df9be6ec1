PRAGMA application_id = 1397771860;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE activity (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, per_week INTEGER NOT NULL, day VARCHAR NOT NULL, region VARCHAR, tempo VARCHAR, rest INTEGER, cleared INTEGER NOT NULL, note VARCHAR, CONSTRAINT cleared_0_or_1 CHECK (cleared IN (0, 1)));
CREATE TABLE change (id INTEGER NOT NULL PRIMARY KEY, step INTEGER NOT NULL, tbl VARCHAR NOT NULL, row_id INTEGER NOT NULL, op VARCHAR NOT NULL, before VARCHAR, FOREIGN KEY (step) REFERENCES step (id));
INSERT INTO "change" VALUES(1,1,'entry',1,'add',NULL);
INSERT INTO "change" VALUES(2,1,'observation',1,'add',NULL);
INSERT INTO "change" VALUES(3,1,'observation',2,'add',NULL);
INSERT INTO "change" VALUES(4,1,'observation',3,'add',NULL);
INSERT INTO "change" VALUES(5,1,'observation',4,'add',NULL);
INSERT INTO "change" VALUES(6,2,'quota',1,'add',NULL);
INSERT INTO "change" VALUES(7,3,'session',1,'add',NULL);
INSERT INTO "change" VALUES(8,5,'goal',1,'add',NULL);
INSERT INTO "change" VALUES(9,6,'milestone',1,'add',NULL);
INSERT INTO "change" VALUES(10,7,'goal_rating',1,'add',NULL);
INSERT INTO "change" VALUES(11,8,'score',1,'add',NULL);
INSERT INTO "change" VALUES(12,9,'decision',1,'add',NULL);
CREATE TABLE decision (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, "key" VARCHAR NOT NULL, rule VARCHAR NOT NULL, choice VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, amounts VARCHAR NOT NULL, text VARCHAR NOT NULL, facts VARCHAR NOT NULL);
INSERT INTO "decision" VALUES(1,'58898aff-e574-4d31-bd03-4490e57b9b16',1,9,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','PR-1-sit','PR-1','follow','2026-03-02T01:15:30+00:00',-300,'2026-03-01','[["sit",27.5],["walk",3]]','t','{}');
CREATE TABLE draft (id INTEGER NOT NULL PRIMARY KEY, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, answers VARCHAR NOT NULL);
CREATE TABLE entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL, recorded_offset INTEGER NOT NULL, note VARCHAR, flare INTEGER, source VARCHAR NOT NULL, CONSTRAINT flare_0_or_1 CHECK (flare IN (0, 1)));
INSERT INTO "entry" VALUES(1,'91adfbb7-fa92-4f48-a22f-5afd2fdb3e60',1,1,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00',-300,'2026-03-01','2026-03-02T04:15:30.000007+00:00',-300,'a ''long'' drive
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
INSERT INTO "goal" VALUES(1,'5d873195-3ec5-4079-ba61-b21e992b8a2a',1,5,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','sit through a film','sit',60.0,'2026-05-24','2026-03-02T01:15:30+00:00',-300,'2026-03-01',20.0,'my daughter',3,1,8,'my sister',14,'closed','2026-03-01','["a","b","c","d","e"]');
CREATE TABLE goal_rating (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, goal_id INTEGER NOT NULL, level INTEGER NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, CONSTRAINT level_is_known CHECK (level BETWEEN -2 AND 2), FOREIGN KEY (goal_id) REFERENCES goal (id));
INSERT INTO "goal_rating" VALUES(1,'475e76d9-ed2c-4fed-b487-6cb3ad2e43db',1,7,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00',1,-1,'2026-03-02T01:15:30+00:00',-300,'2026-03-01');
CREATE TABLE meta ("key" VARCHAR NOT NULL PRIMARY KEY, value VARCHAR NOT NULL);
INSERT INTO "meta" VALUES('patient','2133242e-0ce3-4d52-bd86-b0b21a287796');
INSERT INTO "meta" VALUES('device','8b926a52-527d-41fa-81d9-b00052bf108d');
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
INSERT INTO "milestone" VALUES(1,'a4ce4541-09b4-4a81-bd3e-70eece3f225f',1,6,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00',1,40.0,'2026-04-12','2026-03-02T01:15:30+00:00',-300,'2026-03-01',NULL);
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
INSERT INTO "quota" VALUES(1,'dfa6e017-efe7-4886-b5a3-b88c02529d9f',1,2,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','sit','2026-03-02T01:15:30+00:00',-300,'2026-03-01',24.2,'physio','PR-1','kept',40.0,5,NULL,NULL,NULL,NULL);
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
INSERT INTO "score" VALUES(1,'dc9e5f1f-6c90-4d55-910a-a8de7606694a',1,8,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','odi','2026-03-02T01:15:30+00:00',-300,'2026-03-01','[2,null,0,-1]',31.25,'2.1a','["my garden","a, b"]');
CREATE TABLE screen (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, tier INTEGER, CONSTRAINT tier_1_to_4 CHECK (tier BETWEEN 1 AND 4));
INSERT INTO "screen" VALUES(1,'3f0ef2db-19e1-444e-8385-42f9ab5bd04b',1,4,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00',-300,'2026-03-01',1);
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
INSERT INTO "session" VALUES(1,'b0d87e7d-fd63-4bad-ba7e-1cadeea84eb8',1,3,'2026-03-02T01:15:30+00:00','2026-03-02T01:15:30+00:00','sit','2026-03-02T01:15:30+00:00',-300,'2026-03-01','2026-03-02T01:15:30+00:00',-300,25.0,4,3,1,'leg',1,1,1,2,3,4.5,'x','done');
CREATE TABLE setting (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, "key" VARCHAR NOT NULL, value VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL);
CREATE TABLE skip (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uuid VARCHAR NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created VARCHAR NOT NULL,
    updated VARCHAR NOT NULL, activity VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL, day VARCHAR NOT NULL, why VARCHAR NOT NULL);
CREATE TABLE step (id INTEGER NOT NULL PRIMARY KEY, at VARCHAR NOT NULL, command VARCHAR NOT NULL, state VARCHAR NOT NULL, undoes INTEGER, CONSTRAINT state_is_known CHECK (state IN ('live', 'undone', 'dead')), FOREIGN KEY (undoes) REFERENCES step (id));
INSERT INTO "step" VALUES(1,'2026-03-02T01:15:30+00:00','add Entry','live',NULL);
INSERT INTO "step" VALUES(2,'2026-03-02T01:15:30+00:00','add Quota','live',NULL);
INSERT INTO "step" VALUES(3,'2026-03-02T01:15:30+00:00','add Session','live',NULL);
INSERT INTO "step" VALUES(4,'2026-03-02T01:15:30+00:00','add Screen','live',NULL);
INSERT INTO "step" VALUES(5,'2026-03-02T01:15:30+00:00','add Goal','live',NULL);
INSERT INTO "step" VALUES(6,'2026-03-02T01:15:30+00:00','add Milestone','live',NULL);
INSERT INTO "step" VALUES(7,'2026-03-02T01:15:30+00:00','add GoalRating','live',NULL);
INSERT INTO "step" VALUES(8,'2026-03-02T01:15:30+00:00','add Score','live',NULL);
INSERT INTO "step" VALUES(9,'2026-03-02T01:15:30+00:00','add Decision','live',NULL);
CREATE TABLE timer (id INTEGER NOT NULL PRIMARY KEY, metric VARCHAR NOT NULL, at VARCHAR NOT NULL, utc_offset INTEGER NOT NULL);
CREATE TABLE tombstone (uuid VARCHAR NOT NULL PRIMARY KEY, kind VARCHAR NOT NULL, revision INTEGER NOT NULL, at VARCHAR NOT NULL);
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
CREATE TRIGGER profile_added AFTER INSERT ON profile BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'profile', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER profile_changed AFTER UPDATE ON profile BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'profile', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'value', quote(OLD."value"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); END;
CREATE TRIGGER profile_removed AFTER DELETE ON profile BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'profile', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'value', quote(OLD."value"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'profile', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER activity_added AFTER INSERT ON activity BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'activity', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER activity_changed AFTER UPDATE ON activity BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'activity', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'name', quote(OLD."name"), 'kind', quote(OLD."kind"), 'per_week', quote(OLD."per_week"), 'day', quote(OLD."day"), 'region', quote(OLD."region"), 'tempo', quote(OLD."tempo"), 'rest', quote(OLD."rest"), 'cleared', quote(OLD."cleared"), 'note', quote(OLD."note"))); END;
CREATE TRIGGER activity_removed AFTER DELETE ON activity BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'activity', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'name', quote(OLD."name"), 'kind', quote(OLD."kind"), 'per_week', quote(OLD."per_week"), 'day', quote(OLD."day"), 'region', quote(OLD."region"), 'tempo', quote(OLD."tempo"), 'rest', quote(OLD."rest"), 'cleared', quote(OLD."cleared"), 'note', quote(OLD."note"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'activity', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER skip_added AFTER INSERT ON skip BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'skip', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER skip_changed AFTER UPDATE ON skip BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'skip', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'why', quote(OLD."why"))); END;
CREATE TRIGGER skip_removed AFTER DELETE ON skip BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'skip', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'why', quote(OLD."why"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'skip', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER question_added AFTER INSERT ON question BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'question', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER question_changed AFTER UPDATE ON question BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'question', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'text', quote(OLD."text"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); END;
CREATE TRIGGER question_removed AFTER DELETE ON question BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'question', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'text', quote(OLD."text"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'question', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER flare_mark_added AFTER INSERT ON flare_mark BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'flare_mark', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER flare_mark_changed AFTER UPDATE ON flare_mark BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'flare_mark', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'kind', quote(OLD."kind"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'triggers', quote(OLD."triggers"), 'helped', quote(OLD."helped"))); END;
CREATE TRIGGER flare_mark_removed AFTER DELETE ON flare_mark BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'flare_mark', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'kind', quote(OLD."kind"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'triggers', quote(OLD."triggers"), 'helped', quote(OLD."helped"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'flare_mark', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER setting_added AFTER INSERT ON setting BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'setting', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER setting_changed AFTER UPDATE ON setting BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'setting', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'value', quote(OLD."value"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); END;
CREATE TRIGGER setting_removed AFTER DELETE ON setting BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'setting', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'value', quote(OLD."value"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'setting', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER quota_added AFTER INSERT ON quota BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'quota', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER quota_changed AFTER UPDATE ON quota BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'quota', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'amount', quote(OLD."amount"), 'set_by', quote(OLD."set_by"), 'rule', quote(OLD."rule"), 'reason', quote(OLD."reason"), 'up_to', quote(OLD."up_to"), 'per_week', quote(OLD."per_week"), 'sets', quote(OLD."sets"), 'reps', quote(OLD."reps"), 'hold', quote(OLD."hold"), 'load', quote(OLD."load"))); END;
CREATE TRIGGER quota_removed AFTER DELETE ON quota BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'quota', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'amount', quote(OLD."amount"), 'set_by', quote(OLD."set_by"), 'rule', quote(OLD."rule"), 'reason', quote(OLD."reason"), 'up_to', quote(OLD."up_to"), 'per_week', quote(OLD."per_week"), 'sets', quote(OLD."sets"), 'reps', quote(OLD."reps"), 'hold', quote(OLD."hold"), 'load', quote(OLD."load"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'quota', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER decision_added AFTER INSERT ON decision BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'decision', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER decision_changed AFTER UPDATE ON decision BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'decision', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'rule', quote(OLD."rule"), 'choice', quote(OLD."choice"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'amounts', quote(OLD."amounts"), 'text', quote(OLD."text"), 'facts', quote(OLD."facts"))); END;
CREATE TRIGGER decision_removed AFTER DELETE ON decision BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'decision', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'rule', quote(OLD."rule"), 'choice', quote(OLD."choice"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'amounts', quote(OLD."amounts"), 'text', quote(OLD."text"), 'facts', quote(OLD."facts"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'decision', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER metric_def_added AFTER INSERT ON metric_def BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'metric_def', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER metric_def_changed AFTER UPDATE ON metric_def BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'metric_def', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'label', quote(OLD."label"), 'unit', quote(OLD."unit"), 'better', quote(OLD."better"), 'low', quote(OLD."low"), 'high', quote(OLD."high"))); END;
CREATE TRIGGER metric_def_removed AFTER DELETE ON metric_def BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'metric_def', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'key', quote(OLD."key"), 'label', quote(OLD."label"), 'unit', quote(OLD."unit"), 'better', quote(OLD."better"), 'low', quote(OLD."low"), 'high', quote(OLD."high"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'metric_def', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER playbook_added AFTER INSERT ON playbook BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'playbook', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER playbook_changed AFTER UPDATE ON playbook BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'playbook', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'text', quote(OLD."text"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); END;
CREATE TRIGGER playbook_removed AFTER DELETE ON playbook BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'playbook', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'text', quote(OLD."text"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'playbook', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'entry', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER entry_changed AFTER UPDATE ON entry BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'entry', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'recorded_at', quote(OLD."recorded_at"), 'recorded_offset', quote(OLD."recorded_offset"), 'note', quote(OLD."note"), 'flare', quote(OLD."flare"), 'source', quote(OLD."source"))); END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'entry', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'recorded_at', quote(OLD."recorded_at"), 'recorded_offset', quote(OLD."recorded_offset"), 'note', quote(OLD."note"), 'flare', quote(OLD."flare"), 'source', quote(OLD."source"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'entry', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
CREATE TRIGGER session_added AFTER INSERT ON session BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'session', NEW.id, 'add', NULL); DELETE FROM tombstone WHERE uuid = NEW.uuid; END;
CREATE TRIGGER session_changed AFTER UPDATE ON session BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'session', OLD.id, 'change', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'recorded_at', quote(OLD."recorded_at"), 'recorded_offset', quote(OLD."recorded_offset"), 'dose', quote(OLD."dose"), 'effort', quote(OLD."effort"), 'pain', quote(OLD."pain"), 'settled', quote(OLD."settled"), 'stop', quote(OLD."stop"), 'spread', quote(OLD."spread"), 'minimum', quote(OLD."minimum"), 'sets', quote(OLD."sets"), 'reps', quote(OLD."reps"), 'hold', quote(OLD."hold"), 'load', quote(OLD."load"), 'note', quote(OLD."note"), 'source', quote(OLD."source"))); END;
CREATE TRIGGER session_removed AFTER DELETE ON session BEGIN INSERT INTO change (step, tbl, row_id, op, before) VALUES ((SELECT max(id) FROM step), 'session', OLD.id, 'remove', json_object('id', quote(OLD."id"), 'uuid', quote(OLD."uuid"), 'revision', quote(OLD."revision"), 'seq', quote(OLD."seq"), 'created', quote(OLD."created"), 'updated', quote(OLD."updated"), 'activity', quote(OLD."activity"), 'at', quote(OLD."at"), 'utc_offset', quote(OLD."utc_offset"), 'day', quote(OLD."day"), 'recorded_at', quote(OLD."recorded_at"), 'recorded_offset', quote(OLD."recorded_offset"), 'dose', quote(OLD."dose"), 'effort', quote(OLD."effort"), 'pain', quote(OLD."pain"), 'settled', quote(OLD."settled"), 'stop', quote(OLD."stop"), 'spread', quote(OLD."spread"), 'minimum', quote(OLD."minimum"), 'sets', quote(OLD."sets"), 'reps', quote(OLD."reps"), 'hold', quote(OLD."hold"), 'load', quote(OLD."load"), 'note', quote(OLD."note"), 'source', quote(OLD."source"))); INSERT OR REPLACE INTO tombstone (uuid, kind, revision, at) VALUES (OLD.uuid, 'session', OLD.revision + 1, (SELECT at FROM step ORDER BY id DESC LIMIT 1)); END;
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('entry',1);
INSERT INTO "sqlite_sequence" VALUES('quota',1);
INSERT INTO "sqlite_sequence" VALUES('session',1);
INSERT INTO "sqlite_sequence" VALUES('screen',1);
INSERT INTO "sqlite_sequence" VALUES('goal',1);
INSERT INTO "sqlite_sequence" VALUES('milestone',1);
INSERT INTO "sqlite_sequence" VALUES('goal_rating',1);
INSERT INTO "sqlite_sequence" VALUES('score',1);
INSERT INTO "sqlite_sequence" VALUES('decision',1);
COMMIT;
