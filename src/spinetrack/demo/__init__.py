"""Made-up patients: for `demo`, for the tests and for the benchmarks.

`COURSES` names them. `live` lets one live with the diary day by day, `simulate` gives only what they
recorded, `write` puts it into a store, `fill` makes ten years of days quickly.
"""

from spinetrack.demo.courses import COURSES, DEFAULT, Course
from spinetrack.demo.files import fill, write, write_records
from spinetrack.demo.life import Life
from spinetrack.demo.runs import DayRecords, UpToNow, live, simulate, up_to_now
from spinetrack.demo.year import year_table

__all__ = [
    "COURSES",
    "DEFAULT",
    "Course",
    "DayRecords",
    "Life",
    "UpToNow",
    "fill",
    "live",
    "simulate",
    "up_to_now",
    "write",
    "write_records",
    "year_table",
]
