"""Writes the kernelspec: kernelspec.py TEMPLATE_FOLDER TARGET_FOLDER NAME=VALUE... replaces every @NAME@."""

import json
import pathlib
import shutil
import sys


def filled(value, values):
    if isinstance(value, str):
        for name, replacement in values.items():
            value = value.replace(f"@{name}@", replacement)
        return value
    if isinstance(value, list):
        return [filled(each, values) for each in value]
    if isinstance(value, dict):
        return {key: filled(each, values) for key, each in value.items()}
    return value


def main(template, target, *assignments):
    template, target = pathlib.Path(template), pathlib.Path(target)
    values = dict(assignment.split("=", 1) for assignment in assignments)
    spec = filled(json.loads((template / "kernel.json.in").read_text(encoding="utf-8")), values)
    (target / "kernel.json").write_text(json.dumps(spec, indent=2) + "\n", encoding="utf-8")
    for file in [template / "relay.py", *template.glob("logo-*")]:
        shutil.copy(file, target / file.name)


main(*sys.argv[1:])
