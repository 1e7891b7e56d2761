CREATE TABLE operators (
    id INTEGER NOT NULL PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    street VARCHAR(100),
    zip VARCHAR(10),
    city VARCHAR(60),
    taxno VARCHAR(20),
    iban VARCHAR(34)
);

CREATE TABLE tariffs (
    id INTEGER NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    down_kbit INTEGER NOT NULL,
    up_kbit INTEGER NOT NULL,
    price INTEGER NOT NULL,
    months SMALLINT NOT NULL
);

CREATE TABLE users (
    id INTEGER NOT NULL PRIMARY KEY,
    passwd VARCHAR(32) NOT NULL,
    fullname VARCHAR(100) NOT NULL,
    is_company SMALLINT NOT NULL,
    state SMALLINT NOT NULL,
    joined BIGINT NOT NULL,
    street VARCHAR(100) NOT NULL,
    zip VARCHAR(10) NOT NULL,
    city VARCHAR(60) NOT NULL,
    mail_name VARCHAR(100) NOT NULL,
    mail_street VARCHAR(100) NOT NULL,
    mail_zip VARCHAR(10) NOT NULL,
    mail_city VARCHAR(60) NOT NULL,
    phone1 VARCHAR(20) NOT NULL,
    phone2 VARCHAR(20) NOT NULL,
    email VARCHAR(100) NOT NULL,
    taxno VARCHAR(20) NOT NULL,
    contract_no VARCHAR(20) NOT NULL,
    contract_since BIGINT NOT NULL,
    contract_until BIGINT NOT NULL,
    tariff_id INTEGER NOT NULL,
    iban VARCHAR(34) NOT NULL,
    modem VARCHAR(60) NOT NULL,
    modem_serial VARCHAR(40) NOT NULL,
    modem_mac VARCHAR(17) NOT NULL,
    modem_online SMALLINT NOT NULL,
    operator_id INTEGER NOT NULL
);

CREATE TABLE invoices (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id INTEGER NOT NULL,
    fullnumber VARCHAR(30) NOT NULL,
    type SMALLINT NOT NULL,
    cdate BIGINT NOT NULL,
    paytime SMALLINT NOT NULL,
    gross BIGINT NOT NULL,
    net BIGINT NOT NULL,
    paid BIGINT NOT NULL,
    cancelled SMALLINT NOT NULL,
    corrects INTEGER NOT NULL
);

CREATE INDEX invoices_user ON invoices (user_id, cdate, id);

CREATE TABLE invoice_items (
    invoice_id INTEGER NOT NULL,
    pos SMALLINT NOT NULL,
    name VARCHAR(100) NOT NULL,
    qty DECIMAL(9, 3) NOT NULL,
    unit VARCHAR(10) NOT NULL,
    vat SMALLINT NOT NULL,
    net BIGINT NOT NULL,
    gross BIGINT NOT NULL,
    PRIMARY KEY (invoice_id, pos)
);

CREATE TABLE payments (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id INTEGER NOT NULL,
    stamp BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    flag SMALLINT NOT NULL,
    note VARCHAR(100) NOT NULL,
    invoice_id INTEGER NOT NULL,
    deleted SMALLINT NOT NULL
);

CREATE INDEX payments_user ON payments (user_id, stamp, id);
