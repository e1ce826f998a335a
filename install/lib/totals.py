"""Ends a test run: totals.py REPOSITORY MAVEN_EXIT_CODE reads every module's report and prints one line of totals."""

import os
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def outcome(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def main(repository, maven_code):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for report in sorted(pathlib.Path(repository).glob("**/target/surefire-reports/TEST-*.xml")):
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            result = outcome(case)
            counts[result] += 1
            if result != "passed":
                skipped = case.find("skipped")
                reason = "" if skipped is None else f": {skipped.get('message', '')}"
                print(f"{result}  {case.get('classname')}.{case.get('name')}{reason}")

    problem = None
    if maven_code != "0":
        problem = "the build failed before all tests had run: its log names the cause"
    elif counts["passed"] == 0:
        problem = "no test ran"
    elif counts["skipped"] and os.environ.get("CI") == "true":
        problem = "in CI no test may be skipped: install what is missing"
    if problem:
        print(f"notecast: {problem}")
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return 1 if problem or counts["failed"] else 0


sys.exit(main(*sys.argv[1:]))
