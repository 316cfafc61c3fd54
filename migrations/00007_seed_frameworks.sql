-- The built-in digital-literacy frameworks: names, codes and scales, no descriptors.
--
-- Sources and licences:
--   hdc: "A Health and Care Digital Capabilities Framework", Health Education England
--     (now NHS England). Only the names of its six domains are given. Each domain is
--     also its one competence.
--   digcomp: DigComp 3.0, European Union, Joint Research Centre (JRC144121), CC BY 4.0;
--     reuse by Commission Decision 2011/833/EU. The licence of one editable edition is
--     said to be CC BY-SA 4.0, so nothing but names and numbers is given.
--   eds-work: Essential Digital Skills Framework, Department for Education, Crown
--     copyright, Open Government Licence v3.0. Its levels are counts of tasks done.

-- +goose Up
INSERT INTO framework (code, name) VALUES
    ('digcomp', 'DigComp: the European Digital Competence Framework'),
    ('eds-work', 'Essential Digital Skills for work'),
    ('hdc', 'Health and Care Digital Capabilities');

INSERT INTO framework_version
    (id, framework, version, name, scoring, valid_from, validity_months, source, licence)
VALUES
    (1, 'hdc', '2018', 'Health and Care Digital Capabilities, 2018', 'level_per_competence', '2018-01-01', 12,
     'Health Education England, A Health and Care Digital Capabilities Framework: the names of its six domains. '
     'Its own level scale could not be read: levels 0 to 4 and the domain codes are ours and to be confirmed.',
     'Names of the domains only; no text of the framework is reproduced.'),
    (2, 'digcomp', '3.0', 'DigComp 3.0', 'level_per_competence', '2025-11-24', 12,
     'European Commission, Joint Research Centre, DigComp 3.0 (JRC144121), 24 November 2025: numbers and names '
     'of areas and competences, and the four names of its eight levels. Level 0 is ours: not at level 1.',
     'CC BY 4.0, European Union; names and numbers only, no descriptors.'),
    (3, 'eds-work', '2019', 'Essential Digital Skills for work, 2019', 'task_checklist', '2019-01-01', 12,
     'Department for Education, Essential Digital Skills Framework: 8 foundation tasks, and 20 work tasks in '
     'five areas. How the 20 tasks are shared among the areas is to be confirmed, so each area takes a count up '
     'to 20. The codes are ours.',
     'Open Government Licence v3.0, Crown copyright; names of the areas only, no task texts.');

INSERT INTO framework_domain (framework_version, code, name, ordinal) VALUES
    (1, 'CCP', 'Communication, collaboration and participation', 1),
    (1, 'TLS', 'Teaching, learning and self-development', 2),
    (1, 'IDM', 'Information, data and media literacies', 3),
    (1, 'CIS', 'Creation, innovation and scholarship', 4),
    (1, 'TEC', 'Technical proficiency', 5),
    (1, 'DIW', 'Digital identity, wellbeing, safety and security', 6),
    (2, '1', 'Information search, evaluation and management', 1),
    (2, '2', 'Communication and collaboration', 2),
    (2, '3', 'Content creation', 3),
    (2, '4', 'Safety, wellbeing and responsible use', 4),
    (2, '5', 'Problem identification and solving', 5),
    (3, 'FND', 'Foundation tasks', 1),
    (3, 'COM', 'Communicating', 2),
    (3, 'HND', 'Handling information and content', 3),
    (3, 'TRN', 'Transacting', 4),
    (3, 'PRB', 'Problem solving', 5),
    (3, 'SAF', 'Being safe and legal online', 6);

INSERT INTO competence (framework_version, code, name, domain_code, ordinal, max_level) VALUES
    (1, 'CCP', 'Communication, collaboration and participation', 'CCP', 1, 4),
    (1, 'TLS', 'Teaching, learning and self-development', 'TLS', 2, 4),
    (1, 'IDM', 'Information, data and media literacies', 'IDM', 3, 4),
    (1, 'CIS', 'Creation, innovation and scholarship', 'CIS', 4, 4),
    (1, 'TEC', 'Technical proficiency', 'TEC', 5, 4),
    (1, 'DIW', 'Digital identity, wellbeing, safety and security', 'DIW', 6, 4),
    (2, '1.1', 'Browsing, searching and filtering information', '1', 1, 8),
    (2, '1.2', 'Evaluating information', '1', 2, 8),
    (2, '1.3', 'Managing information', '1', 3, 8),
    (2, '2.1', 'Interacting through and with digital technologies', '2', 4, 8),
    (2, '2.2', 'Sharing through digital technologies', '2', 5, 8),
    (2, '2.3', 'Engaging in citizenship through digital technologies', '2', 6, 8),
    (2, '2.4', 'Collaborating through digital technologies', '2', 7, 8),
    (2, '2.5', 'Digital behaviour', '2', 8, 8),
    (2, '2.6', 'Managing digital identity', '2', 9, 8),
    (2, '3.1', 'Developing digital content', '3', 10, 8),
    (2, '3.2', 'Integrating and re-elaborating digital content', '3', 11, 8),
    (2, '3.3', 'Copyright and licences', '3', 12, 8),
    (2, '3.4', 'Computational thinking and programming', '3', 13, 8),
    (2, '4.1', 'Protecting devices', '4', 14, 8),
    (2, '4.2', 'Protecting personal data and privacy', '4', 15, 8),
    (2, '4.3', 'Supporting wellbeing', '4', 16, 8),
    (2, '4.4', 'Environmental impacts of digital technologies', '4', 17, 8),
    (2, '5.1', 'Identifying and solving technical problems', '5', 18, 8),
    (2, '5.2', 'Identifying needs and digital technological responses', '5', 19, 8),
    (2, '5.3', 'Identifying creative solutions using digital technologies', '5', 20, 8),
    (2, '5.4', 'Identifying and addressing digital competence needs', '5', 21, 8),
    (3, 'FND', 'Foundation tasks', 'FND', 1, 8),
    (3, 'COM', 'Communicating', 'COM', 2, 20),
    (3, 'HND', 'Handling information and content', 'HND', 3, 20),
    (3, 'TRN', 'Transacting', 'TRN', 4, 20),
    (3, 'PRB', 'Problem solving', 'PRB', 5, 20),
    (3, 'SAF', 'Being safe and legal online', 'SAF', 6, 20);

INSERT INTO framework_level (framework_version, level, name, band) VALUES
    (1, 0, 'Not at level 1', NULL),
    (1, 1, 'Level 1', NULL),
    (1, 2, 'Level 2', NULL),
    (1, 3, 'Level 3', NULL),
    (1, 4, 'Level 4', NULL),
    (2, 0, 'Not at level 1', NULL),
    (2, 1, 'Level 1', 'Basic'),
    (2, 2, 'Level 2', 'Basic'),
    (2, 3, 'Level 3', 'Intermediate'),
    (2, 4, 'Level 4', 'Intermediate'),
    (2, 5, 'Level 5', 'Advanced'),
    (2, 6, 'Level 6', 'Advanced'),
    (2, 7, 'Level 7', 'Highly advanced'),
    (2, 8, 'Level 8', 'Highly advanced'),
    (3, 0, 'No tasks', NULL),
    (3, 1, '1 task', NULL),
    (3, 2, '2 tasks', NULL),
    (3, 3, '3 tasks', NULL),
    (3, 4, '4 tasks', NULL),
    (3, 5, '5 tasks', NULL),
    (3, 6, '6 tasks', NULL),
    (3, 7, '7 tasks', NULL),
    (3, 8, '8 tasks', NULL),
    (3, 9, '9 tasks', NULL),
    (3, 10, '10 tasks', NULL),
    (3, 11, '11 tasks', NULL),
    (3, 12, '12 tasks', NULL),
    (3, 13, '13 tasks', NULL),
    (3, 14, '14 tasks', NULL),
    (3, 15, '15 tasks', NULL),
    (3, 16, '16 tasks', NULL),
    (3, 17, '17 tasks', NULL),
    (3, 18, '18 tasks', NULL),
    (3, 19, '19 tasks', NULL),
    (3, 20, '20 tasks', NULL);

-- +goose Down
DELETE FROM framework_level WHERE framework_version IN (1, 2, 3);
DELETE FROM competence WHERE framework_version IN (1, 2, 3);
DELETE FROM framework_domain WHERE framework_version IN (1, 2, 3);
DELETE FROM framework_version WHERE id IN (1, 2, 3);
DELETE FROM framework WHERE code IN ('digcomp', 'eds-work', 'hdc');
