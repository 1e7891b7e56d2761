"""What is wrong in a file is said in words, word for word as here; then nothing is imported."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from support.exports import CREDENTIALS, CUSTOMERS, DOCUMENTS, LEDGER, Exports

from wbok.errors import ImportFailed


@dataclass(frozen=True)
class Broken:
    """`content` of a file, and the message without its last sentence."""

    file: str
    content: str | bytes
    message: str


def ledger(row: str) -> str:
    return f"{LEDGER}{row}\n"


BROKEN = {
    "empty": Broken("ledger.csv", "", "ledger.csv is empty: there is not even a header."),
    "header only": Broken(
        "ledger.csv", LEDGER.splitlines()[0] + "\n", "ledger.csv has a header but no rows."
    ),
    "column missing": Broken(
        "ledger.csv",
        "id,customer_id,amount,description\n1,1,-5,x\n",
        "ledger.csv has no column booked_on; its header has: id, customer_id, amount, description.",
    ),
    "column twice": Broken(
        "customers.csv",
        "id,name,name\n1,a,b\n",
        "customers.csv has two columns name; rename one, so that it is clear which is meant.",
    ),
    "column twice that is not needed": Broken(
        "ledger.csv",
        "id,customer_id,booked_on,amount,description,currency,currency\n1,1,2026-11-01,5,x,PLN,EUR\n",
        "ledger.csv has two columns currency; rename one, so that it is clear which is meant.",
    ),
    "no delimiter": Broken(
        "customers.csv",
        "id name\n1 Anna\n",
        "customers.csv has no clear delimiter: there is none in the header; "
        'write delimiter = ";" in [billing.files.customers].',
    ),
    "two delimiters": Broken(
        "customers.csv",
        "id;name,kind\n1;Anna,x\n",
        "customers.csv has no clear delimiter: semicolon and comma stand in the header; "
        'write delimiter = ";" in [billing.files.customers].',
    ),
    "row too long": Broken(
        "ledger.csv",
        ledger("3,1,2026-11-03,12,50,Wpłata"),
        "ledger.csv, row 4 has 6 cells, and the header has 5.",
    ),
    "row too short": Broken(
        "ledger.csv", LEDGER + "3,1,2026-1", "ledger.csv, row 4 has 3 cells, and the header has 5."
    ),
    "no amount": Broken(
        "documents.csv",
        DOCUMENTS + '2,1,FV/2,invoice,2026-11-01,"12,5o"\n',
        'documents.csv, row 3, column gross: "12,5o" is not an amount.',
    ),
    "spreadsheet's exponent": Broken(
        "ledger.csv",
        ledger('3,1,2026-11-03,"1,23E+05",x'),
        'ledger.csv, row 4, column amount: "1,23E+05" is not an amount.',
    ),
    "amount too large": Broken(
        "ledger.csv",
        ledger("3,1,2026-11-03,1 000 000 000 000 zł,x"),
        'ledger.csv, row 4, column amount: "1 000 000 000 000 zł" is too large: '
        "amounts go up to 999 999 999 999,99.",
    ),
    "parts of a grosz": Broken(
        "ledger.csv",
        ledger('3,1,2026-11-03,"1,234",x'),
        'ledger.csv, row 4, column amount: "1,234" is not an amount in whole grosze: '
        "it has more than two decimal places.",
    ),
    "no such day": Broken(
        "ledger.csv",
        ledger("3,1,31.02.2026,5,x"),
        'ledger.csv, row 4, column booked_on: "31.02.2026" is not a date: there is no such day.',
    ),
    "American day": Broken(
        "ledger.csv",
        ledger("3,1,11/12/2026,5,x"),
        'ledger.csv, row 4, column booked_on: "11/12/2026" is not a date like 12.11.2026 or 2026-11-12; '
        "another order is declared with format.",
    ),
    "key is no number": Broken(
        "ledger.csv",
        ledger("K/3,1,2026-11-03,5,x"),
        'ledger.csv, row 4, column id: "K/3" is not a whole number; '
        'if keys are texts, write types = { id = "text" }.',
    ),
    "needed and empty": Broken(
        "ledger.csv",
        ledger("3,1,,5,x"),
        "ledger.csv, row 4, column booked_on is empty, but it is needed.",
    ),
    "unknown customer": Broken(
        "ledger.csv",
        ledger("3,77,2026-11-03,5,x"),
        'ledger.csv, row 4, column customer_id: "77" is not among the customers.',
    ),
    "unknown document": Broken(
        "ledger.csv",
        LEDGER.replace("\n", ",document_id\n", 1).replace("ament\n", "ament,1\n").replace("ata\n", "ata,9\n"),
        'ledger.csv, row 3, column document_id: "9" is not among the documents.',
    ),
    "somebody else's document": Broken(
        "ledger.csv",
        "id,customer_id,booked_on,amount,description,document_id\n1,2,2026-11-01,-50.00,x,1\n",
        'ledger.csv, row 2, column document_id: "1" is among the documents of another customer.',
    ),
    "key twice": Broken(
        "ledger.csv",
        ledger("1,2,2026-11-03,5,x"),
        'ledger.csv, row 4, column id: "1" stands already in row 2.',
    ),
    "key twice by a leading zero": Broken(
        "customers.csv", CUSTOMERS + "02,x\n", 'customers.csv, row 4, column id: "2" stands already in row 3.'
    ),
    "wrong word": Broken(
        "documents.csv",
        DOCUMENTS.replace("invoice", "Faktura"),
        'documents.csv, row 2, column kind: "Faktura" is none of: invoice, correction, debit_note, pro_forma, '
        "receipt; translate it with values.",
    ),
    "wrong NIP": Broken(
        "customers.csv",
        "id,name,tax_id\n1,a,123-456-32-19\n2,b,\n",
        'customers.csv, row 2, column tax_id: "123-456-32-19" is not a NIP: its check digit is wrong.',
    ),
    "wrong login": Broken(
        "credentials.csv",
        CREDENTIALS + "abc,1,4711\n",
        'credentials.csv, row 4, column login: "abc" cannot be typed as ID Klienta: 1 to 18 digits are needed.',
    ),
    "wrong PIN": Broken(
        "credentials.csv",
        CREDENTIALS + "3,1,48 15\n",
        "credentials.csv, row 4, column pin is not a PIN: it has blanks inside, or more than 64 characters.",
    ),
    "NUL": Broken(
        "customers.csv",
        CUSTOMERS.replace("Jan", "J\0n"),
        "customers.csv, line 3 has a NUL character; export it again, as UTF-8 text.",
    ),
    "endless cell": Broken(
        "customers.csv",
        f"{CUSTOMERS}3,{'x' * 10_000_000}\n",
        "customers.csv, line 4 has more than 4,194,304 characters.",
    ),
    "long cell": Broken(
        "customers.csv",
        f"{CUSTOMERS}3,{'x' * 200_000}\n",
        "customers.csv, row 4 has a cell of more than 131,072 characters; "
        "perhaps a quotation mark is not closed.",
    ),
    "quotation mark not closed": Broken(
        "customers.csv",
        CUSTOMERS + '3,"Ewa\n',
        "customers.csv, row 4 has a quotation mark that is opened and not closed before the end of the file.",
    ),
    "something behind a quotation mark": Broken(
        "customers.csv",
        CUSTOMERS + '3,"Ewa" Nowak\n',
        "customers.csv, row 4 has something behind a closing quotation mark; "
        "quotation marks within a cell are doubled.",
    ),
    "UTF-16": Broken(
        "customers.csv",
        CUSTOMERS.encode("utf-16"),
        'customers.csv is UTF-16; export it as UTF-8, or write encoding = "utf-16" in [billing.files.customers].',
    ),
    "UTF-16 without a mark": Broken(
        "customers.csv",
        CUSTOMERS.replace("Ż", "Z").replace("Ł", "L").replace("ś", "s").encode("utf-16-le"),
        "customers.csv, line 1 has a NUL character; export it again, as UTF-8 text.",
    ),
    "CP1250": Broken(
        "customers.csv",
        "id,name\n1,Anna Śląska\n".encode("cp1250"),
        'customers.csv, line 2 is not UTF-8; in CP1250 it reads "1,Anna Śląska", '
        'in ISO-8859-2 it reads "1,Anna ?lšska". '
        'Write encoding = "cp1250" or encoding = "iso-8859-2" in [billing.files.customers].',
    ),
    "two encodings": Broken(
        "customers.csv",
        CUSTOMERS.encode() + "3,Łucja\n".encode("iso-8859-2"),
        'customers.csv, line 4 is not UTF-8; in CP1250 it reads "3,Łucja", in ISO-8859-2 it reads "3,Łucja". '
        'Write encoding = "cp1250" or encoding = "iso-8859-2" in [billing.files.customers].',
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_said_in_words_and_nothing_is_imported(exports: Exports, name: str) -> None:
    broken = BROKEN[name]
    exports.take_in()
    before = exports.current().read_bytes()
    exports.write(broken.file, broken.content)
    with pytest.raises(ImportFailed) as failed:
        exports.take_in()
    assert str(failed.value) == f"{broken.message} Nothing was imported."
    assert exports.current().read_bytes() == before
    left = {path.name for path in exports.generations.iterdir()}
    assert left == {"current", "lock", "faults.txt", "g000001.sqlite"}


def test_a_missing_file_is_named(exports: Exports) -> None:
    (exports.folder / "ledger.csv").unlink()
    with pytest.raises(
        ImportFailed, match=r"^ledger\.csv is no file in the folder that is imported\. Nothing was"
    ):
        exports.take_in()


def test_a_missing_folder_is_named(exports: Exports) -> None:
    exports.folder = exports.folder / "none"
    with pytest.raises(ImportFailed, match=r"none is no folder; name the one with the exported files"):
        exports.take_in()


def test_blanks_around_keys_do_not_count_and_case_does(exports: Exports) -> None:
    texts = {"file": "customers.csv", "types": {"id": "text"}}
    exports.config["files"] = {"customers": texts, "credentials": "credentials.csv"}
    exports.write("customers.csv", "id,name\n1,a\n2,b\nab,c\nAB,d\n")
    exports.take_in()
    assert exports.rows("SELECT id FROM customers ORDER BY rowid") == [("1",), ("2",), ("ab",), ("AB",)]
    exports.write("customers.csv", "id,name\n1,a\n2,b\nab,c\nAB,d\n ab ,e\n")
    with pytest.raises(
        ImportFailed, match=r'customers.csv, row 6, column id: "ab" stands already in row 4\.'
    ):
        exports.take_in()


def test_an_account_number_is_checked(exports: Exports) -> None:
    exports.config["files"]["accounts"] = "accounts.csv"
    exports.write("accounts.csv", "number,customer_id\n61 1090 1014 0000 0712 1981 2874,1\n")
    exports.take_in()
    assert exports.rows("SELECT number FROM accounts") == [("61109010140000071219812874",)]
    exports.write("accounts.csv", "number,customer_id\n61 1090 1014 0000 0712 1981 2875,1\n")
    with pytest.raises(ImportFailed) as failed:
        exports.take_in()
    assert str(failed.value) == (
        'accounts.csv, row 2, column number: "61 1090 1014 0000 0712 1981 2875" is not an account number: '
        "its check digits are wrong. Nothing was imported."
    )


def test_a_thousand_faults_are_shown_and_all_are_written(exports: Exports) -> None:
    exports.write("ledger.csv", LEDGER + "".join(f"{i},1,2026-11-01,x,y\n" for i in range(3, 1503)))
    with pytest.raises(ImportFailed) as failed:
        exports.take_in()
    lines = str(failed.value).splitlines()
    written = exports.generations / "faults.txt"
    assert len(failed.value.faults) == 1000
    assert lines[0] == 'ledger.csv, row 4, column amount: "x" is not an amount.'
    assert lines[1000:] == [
        f"1,500 faults; the first 1,000 are above, all stand in {written}. Nothing was imported."
    ]
    assert len(written.read_text().splitlines()) == 1500
    exports.write("ledger.csv", LEDGER)
    exports.take_in()
    assert not written.exists()


def test_every_fault_of_a_row_is_said(exports: Exports) -> None:
    exports.write("ledger.csv", ledger("x,1,31.02.2026,y,z"))
    with pytest.raises(ImportFailed) as failed:
        exports.take_in()
    assert [(fault.row, fault.column, fault.value) for fault in failed.value.faults] == [
        (4, "id", "x"),
        (4, "booked_on", "31.02.2026"),
        (4, "amount", "y"),
    ]


def test_no_pin_is_ever_shown(exports: Exports) -> None:
    content = "login,customer_id,pin,name\n1,1,48 151,a\n2,2,4815,Łucja\n"
    exports.write("credentials.csv", content)
    with pytest.raises(ImportFailed) as failed:
        exports.take_in()
    assert "48 151" not in str(failed.value) + (exports.generations / "faults.txt").read_text()
    exports.write("credentials.csv", content.replace("48 151", "48151").encode("cp1250"))
    with pytest.raises(ImportFailed) as failed:
        exports.take_in()
    assert 'in CP1250 it reads "2,2,***,Łucja"' in str(failed.value)
    assert "4815" not in str(failed.value) + (exports.generations / "faults.txt").read_text()


@pytest.mark.parametrize(
    "content",
    [
        "1,1,4815,Łucja\n2,2,4816,x\n".encode("cp1250"),
        "login,customer_id,pin,name\r1,1,4815,Łucja\r".encode("cp1250"),
        'login,customer_id,pin,name\n1,1,4815,"a\nŁ"\n'.encode("cp1250"),
        "login,customer_id,pin,name\n1,4815,Łucja\n".encode("cp1250"),
        b"1,1,4815\n2,2,4816\n",
        b"1 1 4815\n2 2 4816\n",
        b"login,customer_id,PIN\n1,1,4815\n",
        b"login,customer_id,pin\n1,1,4815,4816\n",
        b'login,customer_id,pin\n1,1,"4815\n',
        b"login,customer_id,pin\n1,1,4815\n1,1,4815\n",
        b"login,customer_id,pin\n1,7,4815\n",
        b"login,customer_id,pin\nx,7,4815\n",
    ],
)
def test_whatever_is_wrong_with_a_file_of_pins_none_is_shown(exports: Exports, content: bytes) -> None:
    exports.write("credentials.csv", content)
    with pytest.raises(ImportFailed) as failed:
        exports.take_in()
    assert "credentials.csv" in str(failed.value)
    assert "481" not in str(failed.value) + (exports.generations / "faults.txt").read_text()
