"""Made-up patients: for `demo`, for the tests and for the benchmarks.

`COURSES` names them. `live` lets one live with the diary day by day, `simulate` gives only what they
recorded, `write` puts it into a store, `fill` makes ten years of days quickly.
"""

from spinetrack.demo.courses import COURSES, DEFAULT, Course
from spinetrack.demo.files import fill, write
from spinetrack.demo.life import DayRecords, Life, live, simulate
from spinetrack.demo.year import year_table

__all__ = [
    "COURSES",
    "DEFAULT",
    "Course",
    "DayRecords",
    "Life",
    "fill",
    "live",
    "simulate",
    "write",
    "year_table",
]
