CREATE TABLE firmy (
    kod VARCHAR(10) NOT NULL PRIMARY KEY,
    nazwa VARCHAR(100) NOT NULL,
    ulica VARCHAR(100),
    kod_pocztowy VARCHAR(6),
    miasto VARCHAR(60),
    nip VARCHAR(13),
    konto VARCHAR(34)
);

CREATE TABLE abonenci (
    kod VARCHAR(20) NOT NULL PRIMARY KEY,
    nr_klienta VARCHAR(12) NOT NULL,
    haslo VARCHAR(10),
    nazwa VARCHAR(100) NOT NULL,
    rodzaj VARCHAR(1) NOT NULL,
    stan VARCHAR(12) NOT NULL,
    nip VARCHAR(13),
    klient_od DATE,
    firma VARCHAR(10)
);

CREATE INDEX abonenci_nr ON abonenci (nr_klienta);

CREATE TABLE adresy (
    id INTEGER NOT NULL PRIMARY KEY,
    abonent VARCHAR(20) NOT NULL,
    typ VARCHAR(15) NOT NULL,
    ulica VARCHAR(100) NOT NULL,
    kod_pocztowy VARCHAR(6),
    miejscowosc VARCHAR(60) NOT NULL,
    odbiorca VARCHAR(100)
);

CREATE INDEX adresy_abonent ON adresy (abonent);

CREATE TABLE kontakty (
    id INTEGER NOT NULL PRIMARY KEY,
    abonent VARCHAR(20) NOT NULL,
    typ VARCHAR(10) NOT NULL,
    wartosc VARCHAR(100) NOT NULL
);

CREATE INDEX kontakty_abonent ON kontakty (abonent);

CREATE TABLE umowy (
    nr VARCHAR(20) NOT NULL PRIMARY KEY,
    abonent VARCHAR(20) NOT NULL,
    zawarta DATETIME NOT NULL,
    od_dnia DATE,
    do_dnia DATE
);

CREATE INDEX umowy_abonent ON umowy (abonent);

CREATE TABLE uslugi (
    id INTEGER NOT NULL PRIMARY KEY,
    umowa VARCHAR(20) NOT NULL,
    nazwa VARCHAR(60) NOT NULL,
    taryfa VARCHAR(60),
    kbit_do INTEGER,
    kbit_od INTEGER,
    brutto DECIMAL(10, 2) NOT NULL,
    okres VARCHAR(1) NOT NULL,
    stan VARCHAR(12) NOT NULL
);

CREATE INDEX uslugi_umowa ON uslugi (umowa);

CREATE TABLE urzadzenia (
    id INTEGER NOT NULL PRIMARY KEY,
    abonent VARCHAR(20) NOT NULL,
    model VARCHAR(60) NOT NULL,
    nr_seryjny VARCHAR(40),
    mac VARCHAR(17),
    ip VARCHAR(39)
);

CREATE INDEX urzadzenia_abonent ON urzadzenia (abonent);

CREATE TABLE rachunki (
    nrb VARCHAR(26) NOT NULL PRIMARY KEY,
    abonent VARCHAR(20) NOT NULL
);

CREATE INDEX rachunki_abonent ON rachunki (abonent);

CREATE TABLE faktury (
    id VARCHAR(12) NOT NULL PRIMARY KEY,
    abonent VARCHAR(20) NOT NULL,
    nr VARCHAR(30) NOT NULL,
    rodzaj VARCHAR(3) NOT NULL,
    wystawiono DATETIME NOT NULL,
    termin DATE,
    brutto DECIMAL(10, 2) NOT NULL,
    netto DECIMAL(10, 2),
    waluta VARCHAR(3),
    anulowana VARCHAR(1) NOT NULL,
    koryguje VARCHAR(12)
);

CREATE INDEX faktury_abonent ON faktury (abonent, wystawiono, id);

CREATE TABLE pozycje (
    faktura VARCHAR(12) NOT NULL,
    lp INTEGER NOT NULL,
    nazwa VARCHAR(100) NOT NULL,
    ilosc DECIMAL(9, 3) NOT NULL,
    jm VARCHAR(10),
    stawka VARCHAR(5) NOT NULL,
    netto DECIMAL(10, 2) NOT NULL,
    vat DECIMAL(10, 2) NOT NULL,
    brutto DECIMAL(10, 2) NOT NULL,
    PRIMARY KEY (faktura, lp)
);

CREATE TABLE naleznosci (
    nr VARCHAR(12) NOT NULL PRIMARY KEY,
    abonent VARCHAR(20) NOT NULL,
    data_ksieg DATETIME NOT NULL,
    winien DECIMAL(10, 2) NOT NULL,
    ma DECIMAL(10, 2) NOT NULL,
    tytul VARCHAR(100) NOT NULL,
    dokument VARCHAR(12)
);

CREATE INDEX naleznosci_abonent ON naleznosci (abonent, data_ksieg, nr);

CREATE TABLE wplaty (
    nr VARCHAR(12) NOT NULL PRIMARY KEY,
    abonent VARCHAR(20) NOT NULL,
    data_ksieg DATETIME NOT NULL,
    ma DECIMAL(10, 2) NOT NULL,
    tytul VARCHAR(100) NOT NULL
);

CREATE INDEX wplaty_abonent ON wplaty (abonent, data_ksieg, nr);
