"""The curriculum: its rows, and those whose functions the student writes."""

ROWS_OF_PART = {1: 8, 2: 7, 3: 5, 4: 5, 5: 5, 6: 8, 7: 4, 8: 5, 9: 7, 10: 5, 12: 7}
WHOLE_PARTS = {"11", "13"}  # parts that are one row

ROWS = {f"{part}.{row}" for part, rows in ROWS_OF_PART.items() for row in range(1, rows + 1)}
ROWS |= WHOLE_PARTS

TAUGHT = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13)  # parts whose lessons are written

PRACTISED = {
    "1": {"1.1", "1.2", "1.4"},
    "2": {"2.1", "2.4"},
    "3": {"3.1", "3.3", "3.4"},
    "4": {"4.1", "4.2", "4.3"},
    "5": {"5.1", "5.2"},
    "6": {"6.1", "6.2", "6.3", "6.4"},
    "7": {"7.1", "7.2", "7.3"},
    "8": {"8.1", "8.2", "8.3", "8.4"},
    "9": {"9.2", "9.3", "9.4", "9.5", "9.6", "9.7"},
    "10": {"10.2"},
    "12": {"12.1", "12.2", "12.4"},
}


def rows_of(part):
    """The rows of a part of the curriculum."""
    return {row for row in ROWS if row.split(".")[0] == str(part)}
