-- A billing that we made up: nobody's names, whole grosze, seconds since 1970, deleted rows, two kinds of payers.
CREATE TABLE clients (nr INTEGER PRIMARY KEY, full_name TEXT, firm INTEGER, street TEXT, zip TEXT, town TEXT, phone TEXT, pin TEXT);
CREATE TABLE cash (nr INTEGER PRIMARY KEY, client INTEGER, time INTEGER, grosze INTEGER, text TEXT, deleted INTEGER);
CREATE TABLE bills (nr INTEGER PRIMARY KEY, client INTEGER, number TEXT, issued TEXT, due TEXT, grosze INTEGER);
CREATE TABLE bill_lines (bill INTEGER, place INTEGER, name TEXT, net INTEGER, vat INTEGER);
CREATE TABLE orders (nr INTEGER PRIMARY KEY, client INTEGER, tariff TEXT, grosze INTEGER, since TEXT, until TEXT);
CREATE TABLE calls (nr INTEGER PRIMARY KEY, client INTEGER, own TEXT, other TEXT, time INTEGER, seconds INTEGER, grosze INTEGER);
CREATE INDEX cash_client ON cash (client);
CREATE INDEX bills_client ON bills (client);
CREATE INDEX calls_client ON calls (client);

INSERT INTO clients VALUES (1, 'Anna Nowak', 0, 'ul. Długa 1', '00-001', 'Miasto', '600 000 001', '4711');
INSERT INTO clients VALUES (2, 'Beta sp. z o.o.', 1, 'ul. Krótka 2', '00-002', 'Miasto', '600 000 002', '4712');
INSERT INTO clients VALUES (3, 'Jan Kot', 0, 'ul. Nowa 3', '00-003', 'Wieś', '600 000 003', '4713');

INSERT INTO orders VALUES (1, 1, 'Internet 600', 5000, '2019-04-01', NULL);
INSERT INTO orders VALUES (2, 2, 'Internet 1000', 8000, '2020-05-01', NULL);

INSERT INTO bills VALUES (1, 1, 'FV/1/2026', '2026-08-01', '2026-08-14', 5000);
INSERT INTO bills VALUES (2, 1, 'FV/3/2026', '2026-09-01', '2026-09-14', 5000);
INSERT INTO bills VALUES (3, 1, 'FV/4/2026', '2026-10-01', '2026-10-14', 5000);
INSERT INTO bills VALUES (4, 2, 'FV/2/2026', '2026-08-01', '2026-08-14', 8000);
INSERT INTO bill_lines VALUES (1, 1, 'Internet 600', 4065, 935);
INSERT INTO bill_lines VALUES (2, 1, 'Internet 600', 4065, 935);
INSERT INTO bill_lines VALUES (3, 1, 'Internet 600', 4065, 935);
INSERT INTO bill_lines VALUES (4, 1, 'Internet 1000', 6504, 1496);

INSERT INTO cash VALUES (1, 1, 1785571200, -5000, 'FV/1/2026', 0);
INSERT INTO cash VALUES (2, 1, 1786348800, 5000, 'Wpłata', 0);
INSERT INTO cash VALUES (3, 1, 1788249600, -5000, 'FV/3/2026', 0);
INSERT INTO cash VALUES (4, 1, 1789027200, 5000, 'Wpłata', 0);
INSERT INTO cash VALUES (5, 1, 1789113600, 5000, 'Wpłata, pomyłka', 1);
INSERT INTO cash VALUES (6, 1, 1790841600, -5000, 'FV/4/2026', 0);
INSERT INTO cash VALUES (7, 2, 1785571200, -8000, 'FV/2/2026', 0);
INSERT INTO cash VALUES (8, 2, 1786348800, 8000, 'Wpłata', 0);

INSERT INTO calls VALUES (1, 1, '221112233', '600100200', 1790850000, 60, 0);
INSERT INTO calls VALUES (2, 1, '221112233', '600100300', 1790853600, 125, 58);
INSERT INTO calls VALUES (3, 1, '221112233', '323334455', 1790940000, 0, 0);
INSERT INTO calls VALUES (4, 1, '221112233', '600100200', 1791026400, 30, 29);
INSERT INTO calls VALUES (5, 2, '221112244', '600100200', 1790850000, 10, 10);
